import type { FactName } from "../src/core/facts/facts";
import type { FailureType, Severity } from "../src/core/wire";
import {
  begunRuns,
  endedRuns,
  type FactSummary,
  factOverTime,
  type RunGroup,
  type SignalGroup,
  signalRate,
} from "../src/logql/builders";

/** Names that no agent has: what is written for them becomes a variable of the dashboard. */
const [AGENT, VERSION] = ["AGENT-VARIABLE", "VERSION-VARIABLE"] as const;
const FILTER = { agents: [AGENT], versions: [VERSION] };
/** The window that becomes `$__range` or `$__auto`. */
const WINDOW_MS = 97 * 60_000;
const WINDOW = "[97m]";

/** How long each point looks back: over the whole time range, or to the point before. */
export type Window = "$__range" | "$__auto";

/** The queries of the builders with variables in place of values: Grafana escapes those that may be several. */
function withVariables(query: string, window: Window): string {
  const text = query
    .replaceAll(` |= "${VERSION}"`, "")
    .replaceAll(`agent_id="${AGENT}"`, 'agent_id=~"$agent"')
    .replaceAll(`ver="${VERSION}"`, 'ver=~"$version"')
    .replaceAll(WINDOW, `[${window}]`);
  if (/VARIABLE|97m/.test(text)) throw new Error(`A value has not become a variable: ${text}`);
  return text;
}

export function startedRunsOf(by: readonly RunGroup[], window: Window): string {
  return withVariables(begunRuns({}, FILTER, { by, windowMs: WINDOW_MS }), window);
}

export function finishedRunsOf(by: readonly RunGroup[], window: Window, failedOnly = false): string {
  const ended = failedOnly ? { ended: ["run.errored"] as const } : {};
  return withVariables(endedRuns({}, { ...FILTER, ...ended }, { by, windowMs: WINDOW_MS }), window);
}

export function factOf(fact: FactName, summary: FactSummary, by: readonly RunGroup[], window: Window): string {
  return withVariables(factOverTime({}, FILTER, { fact, summary, by, windowMs: WINDOW_MS }), window);
}

export function signalsOf(
  by: readonly SignalGroup[],
  window: Window,
  filter: { readonly min_severity?: Severity; readonly failure_types?: readonly FailureType[] } = {},
): string {
  return withVariables(signalRate({}, { ...FILTER, ...filter, by, windowMs: WINDOW_MS }), window);
}
