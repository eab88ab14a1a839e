import type { LogqlText } from "../../api";
import { selector } from "../compose/selector";
import { pipeline } from "../compose/stages";
import { agents, events, TERMINAL_EVENTS } from "../fields";
import { endParts, type IdentityFilter, identityParts, type RunFilter, stagesOf } from "../filter";
import type { Scope } from "../scope";

/**
 * Which runs have ended? One terminal line each.
 *
 * @example finishedRuns({}, { agents: ["a"], min_severity: "HIGH" })
 */
export function finishedRuns(scope: Scope, filter: RunFilter = {}): LogqlText {
  const types = filter.ended?.length ? filter.ended : TERMINAL_EVENTS;
  const lines = selector(scope, [...agents(filter.agents), ...events(...types)]);
  return pipeline(lines, ...stagesOf(identityParts(filter), endParts(filter)));
}

/** Which runs have started? One line each; those without a terminal line are open. */
export function startedRuns(scope: Scope, filter: IdentityFilter = {}): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events("run.started")]);
  return pipeline(lines, ...stagesOf(identityParts(filter)));
}

/** Both in one question: starts and ends, newest first, tell which runs are open. */
export function startedAndFinishedRuns(scope: Scope, filter: IdentityFilter = {}): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events("run.started", ...TERMINAL_EVENTS)]);
  return pipeline(lines, ...stagesOf(identityParts(filter)));
}
