import type { EventType } from "../../../core/wire";
import type { LogqlText } from "../../api";
import { aggregate, countOverTime } from "../compose/metrics";
import { selector } from "../compose/selector";
import { pipeline } from "../compose/stages";
import { agents, events } from "../fields";
import { type IdentityFilter, identityParts, stagesOf } from "../filter";
import type { Scope } from "../scope";

export interface LinesFilter extends IdentityFilter {
  readonly event_types?: readonly EventType[] | undefined;
}

/**
 * What comes in? All lines of the agents: for the live tail, and backwards with a limit of 1 for the newest line.
 *
 * @example allLines({}, { agents: ["a"] }) // {agent_id="a"}
 */
export function allLines(scope: Scope, filter: LinesFilter = {}): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events(...(filter.event_types ?? []))]);
  return pipeline(lines, ...stagesOf(identityParts(filter)));
}

/** How many lines came in, by agent and event? What the doctor and capacity look at. */
export function lineCounts(scope: Scope, filter: LinesFilter, windowMs: number): LogqlText {
  return aggregate("sum", countOverTime(allLines(scope, filter), { windowMs }), ["agent_id", "event_type"]);
}
