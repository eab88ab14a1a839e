import type { FailureType, Severity } from "../../../core/wire";
import type { LogqlText } from "../../api";
import { selector } from "../compose/selector";
import { contains, containsAny, labelIn, labelIs, lacks, pipeline } from "../compose/stages";
import { agents, events, fields, TERMINAL_EVENTS } from "../fields";
import {
  containsSignals,
  endParts,
  type FilterParts,
  type IdentityFilter,
  identityParts,
  severitiesFrom,
  stagesOf,
} from "../filter";
import type { Scope } from "../scope";
import type { NamedRuns } from "./liveness";

export interface SignalFilter extends IdentityFilter {
  readonly failure_types?: readonly FailureType[] | undefined;
  /** MEDIUM by default: LOW signals are left out unless asked for. */
  readonly min_severity?: Severity | undefined;
  /** Shadow signals too; false by default. */
  readonly shadow?: boolean | undefined;
}

/** What was found in the runs that have ended? Terminal lines with a matching verdict. */
export function recordedSignals(scope: Scope, filter: SignalFilter = {}): LogqlText {
  const { min_severity = "MEDIUM" } = filter;
  const lines = selector(scope, [...agents(filter.agents), ...events(...TERMINAL_EVENTS)]);
  return pipeline(lines, ...stagesOf(identityParts(filter), endParts({ ...filter, min_severity })));
}

/** Terminal lines with any recorded signal, whatever it is. */
export function runsWithSignals(scope: Scope, filter: IdentityFilter = {}): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events(...TERMINAL_EVENTS)]);
  return pipeline(lines, containsSignals(), ...stagesOf(identityParts(filter)));
}

/** Terminal lines without verdicts: of producers that write none. */
export function runsWithoutVerdicts(scope: Scope, filter: IdentityFilter = {}): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events(...TERMINAL_EVENTS)]);
  return pipeline(lines, lacks('"signals":{'), ...stagesOf(identityParts(filter)));
}

/** What was found in these runs while they went on? Of every severity. */
export function liveSignalsOf(scope: Scope, { run_ids, agents: ids }: NamedRuns): LogqlText {
  const lines = selector(scope, [...agents(ids), ...events("signal.detected")]);
  const named = [containsAny(run_ids), fields("rid", "phs"), labelIs("phs", "live"), labelIn("rid", run_ids)];
  return pipeline(lines, contains('"live"'), ...named);
}

/** What was found in runs while they went on? `signal.detected` lines of phase live. */
export function liveSignals(scope: Scope, filter: SignalFilter = {}): LogqlText {
  const lines = selector(scope, [...agents(filter.agents), ...events("signal.detected")]);
  const live: FilterParts = { needles: [contains('"live"')], aliases: ["phs"], conditions: [labelIs("phs", "live")] };
  return pipeline(lines, ...stagesOf(identityParts(filter), live, detectedParts(filter)));
}

/** The filter on `signal.detected` lines. */
export function detectedParts(filter: SignalFilter): FilterParts {
  const { failure_types = [], min_severity = "MEDIUM", shadow = false } = filter;
  return {
    needles: [],
    aliases: ["ftype", "sev", "shd"],
    conditions: [
      ...(failure_types.length === 0 ? [] : [labelIn("ftype", failure_types)]),
      labelIn("sev", severitiesFrom(min_severity)),
      ...(shadow ? [] : [labelIs("shd", "false")]),
    ],
  };
}
