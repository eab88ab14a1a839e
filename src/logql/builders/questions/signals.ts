import type { FailureType, Severity } from "../../../core/wire";
import type { LogqlText } from "../../api";
import { selector } from "../compose/selector";
import { contains, labelIn, labelIs, pipeline } from "../compose/stages";
import { agents, events, TERMINAL_EVENTS } from "../fields";
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
