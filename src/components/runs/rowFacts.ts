import { HEADLINE } from "../../core/judging";
import { severityRank } from "../../core/wire";
import { costOf, NO_DATA, NOTHING, shortDuration, tokensOf } from "../../core/words";
import type { ListedSignal, RunRow } from "../../logql/ask";

type Run = RunRow["run"];

const isOpen = ({ status }: Run): boolean => status === "running" || status === "stalled";

/** How long a run took, or has been going on by now, ms. A stalled run took as long as nobody knows. */
export function durationOf(run: Run, now: number): number | undefined {
  if (run.duration_ms !== undefined) return run.duration_ms;
  return run.status === "running" ? Math.max(0, now - run.started_at / 1000) : undefined;
}

/** `41.2 s`; of a running run `41.2 s so far`. */
export function durationText(run: Run, now: number): string {
  const took = durationOf(run, now);
  return took === undefined ? unknown(run) : shortDuration(took);
}

export function stepsText(run: Run): string {
  return run.steps === undefined ? unknown(run) : run.steps.toLocaleString("en-US");
}

export function tokensText(run: Run): string {
  const { llm_calls, unmetered_llm_calls = 0, total_tokens } = run.facts ?? {};
  return llm_calls === undefined ? unknown(run) : tokensOf({ llm_calls, unmetered_llm_calls, total_tokens });
}

export function costText(run: Run): string {
  const { llm_calls, unpriced_llm_calls = 0, cost_usd } = run.facts ?? {};
  return llm_calls === undefined ? unknown(run) : costOf({ llm_calls, unpriced_llm_calls, cost_usd });
}

/** Of an open run it will be known; of an ended one it is not. */
const unknown = (run: Run): string => (isOpen(run) ? NOTHING : NO_DATA);

export interface WorstSignal {
  readonly signal: ListedSignal;
  readonly others: number;
}

/** The worst signal that counts and how many others there are, by the rule of headlines: no LOW, no shadow. */
export function worstSignal(signals: RunRow["signals"]): WorstSignal | undefined {
  const counting = (signals ?? []).filter(
    ({ severity, shadow }) => !shadow && severityRank(severity) >= severityRank(HEADLINE.minSeverity),
  );
  const [first, ...others] = counting;
  return first && { signal: first, others: others.length };
}

/** Whether it came within the last `freshMs`. */
export function isFresh({ run }: RunRow, now: number, freshMs: number): boolean {
  const age = now - Number(run.at / 1_000_000n);
  return age < freshMs;
}

/** The kind of most runs, which says nothing. */
const PLAIN_KIND = "run";

/** What stands on a row besides its status: the kind of the run and whether its answers streamed. */
export function badgesOf({ run }: RunRow): readonly string[] {
  const streams = (run.facts?.streaming_llm_calls ?? 0) > 0;
  const isPlain = run.kind === undefined || run.kind === "" || run.kind === PLAIN_KIND;
  return [...(isPlain ? [] : [run.kind ?? ""]), ...(streams ? ["STREAM"] : [])];
}
