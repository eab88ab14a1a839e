import type { Baselines } from "../../core/baselines";
import type { Baseline } from "../../core/baselines/baseline";
import { type DetectorConfig, type DetectorSettings, judge, type Verdict } from "../../core/detectors";
import type { Run } from "../../core/run";
import { recordedVerdicts } from "./recorded";

export interface JudgingOptions {
  readonly config: DetectorConfig;
  /** Rules that need a baseline have no data where there is none. */
  readonly baselines: Baselines;
  /** Take the producer's verdicts from the terminal line instead of computing them. */
  readonly recorded: boolean;
}

/** A run with its verdicts and with what they were made from. */
export interface JudgedRun extends Verdict {
  readonly run: Run;
  readonly settings: DetectorSettings;
  readonly baseline: Baseline;
}

/** Judges runs with the thresholds and baselines of their agents. */
export class Judging {
  readonly #options: JudgingOptions;

  constructor(options: JudgingOptions) {
    this.#options = options;
  }

  judge(run: Run): JudgedRun {
    const settings = this.settingsFor(run.agent_id);
    const baseline = this.baselineFor(run.agent_id, run.agent_version);
    if (this.#options.recorded) return { run, settings, baseline, ...recordedVerdicts(run) };
    const { facts, ended, exit_reason } = run;
    // Evidence is collected when a title or the evidence itself is read.
    const evidence = () => run.evidence;
    const { signals, no_data } = judge({ facts, ended, exit_reason, baseline, settings, evidence });
    return { run, settings, baseline, signals, no_data };
  }

  settingsFor(agent_id: string): DetectorSettings {
    return this.#options.config.settingsFor(agent_id);
  }

  baselineFor(agent_id: string, agent_version: string | undefined): Baseline {
    return this.#options.baselines.baselineOf(agent_id, agent_version);
  }
}
