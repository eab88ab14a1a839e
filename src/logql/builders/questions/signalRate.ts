import type { LogqlText } from "../../api";
import { aggregate, countOverTime } from "../compose/metrics";
import { selector } from "../compose/selector";
import { contains, labelIs, pipeline } from "../compose/stages";
import { agents, events } from "../fields";
import { type FilterParts, identityParts, stagesOf } from "../filter";
import type { Scope } from "../scope";
import { detectedParts, type SignalFilter } from "./signals";

/** What the counts are split by, and the label that carries it in the answer. */
export const SIGNAL_GROUPS = {
  agent: "agent_id",
  failure_type: "ftype",
  severity: "sev",
  version: "ver",
} as const;
export type SignalGroup = keyof typeof SIGNAL_GROUPS;

export interface SignalRateRequest extends SignalFilter {
  readonly by: readonly SignalGroup[];
  /** Each point counts the signals of this long before it, ms: the step of the range query. */
  readonly windowMs: number;
  readonly offsetMs?: number | undefined;
}

/**
 * How many signals were there over time? Final verdicts, one per run and type; LOW and shadow ones only when asked for.
 *
 * @example signalRate({}, { by: ["severity"], windowMs: 60_000 })
 */
export function signalRate(scope: Scope, request: SignalRateRequest): LogqlText {
  const lines = selector(scope, [...agents(request.agents), ...events("signal.detected")]);
  const final: FilterParts = {
    needles: [contains('"final"')],
    aliases: request.by.includes("version") ? ["phs", "ver"] : ["phs"],
    conditions: [labelIs("phs", "final")],
  };
  const counted = pipeline(lines, ...stagesOf(identityParts(request), final, detectedParts(request)));
  return aggregate(
    "sum",
    countOverTime(counted, request),
    request.by.map((group) => SIGNAL_GROUPS[group]),
  );
}
