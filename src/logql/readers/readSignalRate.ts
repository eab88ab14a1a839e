import { type FailureType, isFailureType, SEVERITIES, type Severity } from "../../core/wire";
import type { Labels, LokiApi } from "../api";
import { SIGNAL_GROUPS, type SignalFilter, type SignalGroup, signalRate } from "../builders";
import { msToNanos, type ReadRequest } from "./request";
import { bySplitting } from "./splitByAgents";

export interface SignalRateReading extends ReadRequest {
  readonly filter?: SignalFilter | undefined;
  readonly by: readonly SignalGroup[];
  /** Length of a bar, ms: each point counts the signals since the one before. */
  readonly stepMs: number;
}

export interface SignalSeries {
  readonly agent_id?: string;
  readonly agent_version?: string;
  readonly failure_type?: FailureType;
  readonly severity?: Severity;
  /** `time` in seconds since the epoch is the end of a bar. */
  readonly points: readonly { readonly time: number; readonly value: number }[];
}

/**
 * Signals over time.
 *
 * @throws LokiError
 */
export async function readSignalRate(api: LokiApi, request: SignalRateReading): Promise<readonly SignalSeries[]> {
  const { scope = {}, filter = {}, by, stepMs, start, end, signal } = request;
  const ask = (agents: readonly string[] | undefined) => {
    const query = signalRate(scope, { ...filter, agents, by, windowMs: stepMs });
    return api.range({ query, start, end, stepMs }, signal);
  };
  const time = { start: start - msToNanos(stepMs), end: end + 1n };
  // Without the agent, series of two groups of agents would have to be added up; then there are few of them anyway.
  const series = by.includes("agent")
    ? await bySplitting(api, { ...time, scope, agents: filter.agents, signal })(ask)
    : await ask(filter.agents);
  return series.map(({ metric, points }) => ({ ...namesOf(metric), points }));
}

function namesOf(metric: Labels): Omit<SignalSeries, "points"> {
  const agent_id = metric[SIGNAL_GROUPS.agent];
  const agent_version = metric[SIGNAL_GROUPS.version];
  const failure_type = metric[SIGNAL_GROUPS.failure_type];
  const severity = SEVERITIES.find((known) => known === metric[SIGNAL_GROUPS.severity]);
  return {
    ...(agent_id === undefined ? {} : { agent_id }),
    ...(agent_version === undefined ? {} : { agent_version }),
    ...(failure_type !== undefined && isFailureType(failure_type) ? { failure_type } : {}),
    ...(severity === undefined ? {} : { severity }),
  };
}
