import type { LogqlText } from "../../api";
import { aggregate, countOverTime } from "../compose/metrics";
import { selector } from "../compose/selector";
import { pipeline } from "../compose/stages";
import { agents, events, type FieldAlias, TERMINAL_EVENTS } from "../fields";
import { endParts, type IdentityFilter, identityParts, type RunFilter, stagesOf } from "../filter";
import type { Scope } from "../scope";

/** What the counts are split by, and the label that carries it in the answer. */
export const RUN_GROUPS = {
  agent: "agent_id",
  version: "ver",
  event: "event_type",
  exit_reason: "xreason",
  environment: "envt",
} as const;
export type RunGroup = keyof typeof RUN_GROUPS;

export interface RunRateRequest {
  readonly by: readonly RunGroup[];
  /** Each point counts the runs of this long before it, ms. */
  readonly windowMs: number;
  readonly offsetMs?: number | undefined;
}

/** The fields that the groups need; agent and event are labels. */
export function groupAliases(by: readonly RunGroup[]): FieldAlias[] {
  return by.flatMap((group) => (group === "agent" || group === "event" ? [] : [RUN_GROUPS[group]]));
}

const groupParts = (by: readonly RunGroup[]) => ({ needles: [], aliases: groupAliases(by), conditions: [] });

/**
 * How many runs ended? Split by `event`, `run.errored` are the failed ones.
 *
 * @example endedRuns({}, {}, { by: ["agent", "event"], windowMs: 3_600_000 })
 */
export function endedRuns(scope: Scope, filter: RunFilter, request: RunRateRequest): LogqlText {
  const types = filter.ended?.length ? filter.ended : TERMINAL_EVENTS;
  const lines = selector(scope, [...agents(filter.agents), ...events(...types)]);
  const counted = pipeline(lines, ...stagesOf(identityParts(filter), endParts(filter), groupParts(request.by)));
  return aggregate(
    "sum",
    countOverTime(counted, request),
    request.by.map((group) => RUN_GROUPS[group]),
  );
}

/** How many runs started? Split by agent, version or environment. */
export function begunRuns(scope: Scope, filter: IdentityFilter, request: RunRateRequest): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events("run.started")]);
  const counted = pipeline(lines, ...stagesOf(identityParts(filter), groupParts(request.by)));
  return aggregate(
    "sum",
    countOverTime(counted, request),
    request.by.map((group) => RUN_GROUPS[group]),
  );
}

/** How many runs started and ended, by agent and event? What the agents list counts. */
export function agentCounts(scope: Scope, filter: IdentityFilter, windowMs: number): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events("run.started", ...TERMINAL_EVENTS)]);
  const counted = pipeline(lines, ...stagesOf(identityParts(filter)));
  return aggregate("sum", countOverTime(counted, { windowMs }), ["agent_id", "event_type"]);
}
