import type { Baselines } from "../baselines";
import type { Baseline } from "../baselines/baseline";
import { type DetectorConfig, type DetectorSettings, judge, type Verdict } from "../detectors";
import type { RunEvidence } from "../facts";
import type { Run } from "../run";
import { recordedVerdicts } from "./recorded";

export interface JudgingOptions {
  readonly config: DetectorConfig;
  /** Rules that need a baseline have no data where there is none. */
  readonly baselines: Baselines;
  /** Take the producer's verdicts from the terminal line instead of computing them. */
  readonly recorded: boolean;
}

/** What lists need of a run, as its terminal line alone may tell it; a run with all its events has the rest too. */
export type ListedRun = Pick<
  Run,
  | "run_id"
  | "agent_id"
  | "agent_version"
  | "parent_run_id"
  | "status"
  | "exit_reason"
  | "ended"
  | "started_at"
  | "facts"
  | "recorded"
> & { readonly [K in keyof Run]?: Run[K] | undefined };

/** A run with its verdicts and with what they were made from. */
export interface Judged<R extends ListedRun> extends Verdict {
  readonly run: R;
  readonly settings: DetectorSettings;
  readonly baseline: Baseline;
}

/** One with all its events. */
export type JudgedRun = Judged<Run>;

/** Judges runs with the thresholds and baselines of their agents. */
export class Judging {
  readonly #options: JudgingOptions;

  constructor(options: JudgingOptions) {
    this.#options = options;
  }

  judge<R extends ListedRun>(run: R): Judged<R> {
    const settings = this.settingsFor(run.agent_id);
    const baseline = this.baselineFor(run.agent_id, run.agent_version);
    if (this.#options.recorded) return { run, settings, baseline, ...recordedVerdicts(run) };
    const { facts, ended, exit_reason } = run;
    // Evidence is collected when a title or the evidence itself is read.
    const { signals, no_data } = judge({ facts, ended, exit_reason, baseline, settings, evidence: evidenceOf(run) });
    return { run, settings, baseline, signals, no_data };
  }

  settingsFor(agent_id: string): DetectorSettings {
    return this.#options.config.settingsFor(agent_id);
  }

  baselineFor(agent_id: string, agent_version: string | undefined): Baseline {
    return this.#options.baselines.baselineOf(agent_id, agent_version);
  }
}

/** Whether a run was rebuilt from its events. */
export function hasEvents(run: ListedRun): run is Run {
  return run.lines !== undefined;
}

/** Undefined where only the terminal line is at hand: then titles and evidence come from the facts. */
function evidenceOf(run: ListedRun): (() => RunEvidence) | undefined {
  return hasEvents(run) ? () => run.evidence : undefined;
}
