/** Times in ms since the epoch: `from` ≤ time < `to`. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What most questions have in common. */
export interface Asked {
  readonly range: TimeSpan;
}

/**
 * Where verdicts come from: `recorded` from terminal lines and live lines of open runs, `computed` from facts with the
 * thresholds of the settings, `auto` recorded ones and computed ones where nothing is recorded. Runs whose terminal line
 * states no facts are computed from their events, and so are stalled runs in `auto`, beside what their live lines say.
 */
export type VerdictMode = "auto" | "recorded" | "computed";
