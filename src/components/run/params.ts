import { FAILURE_TYPES, type FailureType } from "../../core/wire";
import type { ExplainedSignal } from "../../logql/ask";

/** The parts of a run page below what happened. */
export const TABS = ["timeline", "steps", "facts", "log", "attributes"] as const;
export type RunTab = (typeof TABS)[number];

/** What the address of a run page says, checked. */
export interface RunParams {
  readonly tab: RunTab;
  /** The selected step_index. */
  readonly step: number | undefined;
  readonly find: string;
  readonly inner: boolean;
  /** A time within the run, ms: where to look for it whatever the time range says. */
  readonly at: number | undefined;
  readonly agent: string | undefined;
  /** The signal that the reader came for: its step is selected while the address names none. */
  readonly signal: FailureType | undefined;
}

/** No name of the wire is longer. */
const MOST_LENGTH = 256;
/** The last day a Date can hold, ms. */
const MOST_MS = 8.64e15;

/** Reads the parameters of a run page. What makes no sense counts as absent. */
export function readRunParams(params: Readonly<Record<string, string>>): RunParams {
  const { find = "", agent } = params;
  return {
    tab: TABS.find((tab) => tab === params.tab) ?? "timeline",
    step: wholeNumber(params.step, Number.MAX_SAFE_INTEGER),
    find: find.slice(0, MOST_LENGTH),
    inner: params.inner === "true",
    at: wholeNumber(params.at, MOST_MS),
    signal: FAILURE_TYPES.find((type) => type === params.signal),
    agent: agent === undefined || agent === "" || agent.length > MOST_LENGTH ? undefined : agent,
  };
}

/** The step_index that is selected: the one of the address, else where the signal begins that the address names. */
export function selectedStep(
  { step, signal }: Pick<RunParams, "step" | "signal">,
  signals: readonly Pick<ExplainedSignal, "failure_type" | "step_index" | "evidence">[],
): number | undefined {
  if (step !== undefined || signal === undefined) return step;
  const named = signals.find(({ failure_type }) => failure_type === signal);
  const first = named?.evidence.first_step;
  return named?.step_index ?? (typeof first === "number" ? first : undefined);
}

/** A time of the address in ms; undefined when it is none. */
export function readTime(text: string | undefined): number | undefined {
  return wholeNumber(text, MOST_MS);
}

function wholeNumber(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= most ? value : undefined;
}
