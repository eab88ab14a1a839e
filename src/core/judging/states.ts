import { detectorOf, type NoData } from "../detectors";
import { FAILURE_TYPES, type FailureType } from "../wire";
import type { JudgedRun } from "./judging";

/** What one detector said of a run, with what it looked at. */
export interface DetectorState {
  readonly failure_type: FailureType;
  readonly state: "fired" | "clear" | "no data";
  /** What was missing, where there was no data. */
  readonly missing?: string;
  /** The facts its rule reads; absent ones are not known. */
  readonly observed: Readonly<Record<string, number | string>>;
  /** Its settings for this agent; "off" ones are null. */
  readonly thresholds: Readonly<Record<string, number | null>>;
}

/** What the states are told from. */
export interface Judgement extends Pick<JudgedRun, "settings"> {
  readonly no_data: readonly NoData[];
  readonly run: Pick<JudgedRun["run"], "facts">;
  readonly signals: readonly { readonly failure_type: FailureType }[];
}

/** Every detector: fired, clear, or no data and what was missing. */
export function detectorStates({ run, settings, signals, no_data }: Judgement): DetectorState[] {
  return FAILURE_TYPES.map((failure_type) => {
    const missing = no_data.find((entry) => entry.failure_type === failure_type)?.missing;
    const fired = signals.some((signal) => signal.failure_type === failure_type);
    const observed: Record<string, number | string> = {};
    for (const name of detectorOf(failure_type).reads) {
      const value = run.facts[name];
      if (value !== undefined) observed[name] = value;
    }
    const thresholds = Object.entries(settings[failure_type].thresholds).map(
      ([key, value]) => [key, value ?? null] as const,
    );
    return {
      failure_type,
      state: fired ? "fired" : missing !== undefined ? "no data" : "clear",
      ...(missing === undefined || fired ? {} : { missing }),
      observed,
      thresholds: Object.fromEntries(thresholds),
    };
  });
}
