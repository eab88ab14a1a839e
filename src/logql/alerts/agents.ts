import type { LogqlText } from "../api";
import { durationText } from "../builders/compose/escape";
import { aggregate, countOverTime } from "../builders/compose/metrics";
import { selector } from "../builders/compose/selector";
import { json, labelIsNot, pipeline, readable } from "../builders/compose/stages";
import { agents, events, TERMINAL_EVENTS } from "../builders/fields";
import type { Scope } from "../builders/scope";
import { excess, labelFormat, lastOverTime, unless } from "./compose";

/** Runs that started longer ago no longer count as stalled, ms. */
export const STALLED_WINDOW_MS = 3_600_000;
/** An agent without a run for longer is gone, not quiet, ms. */
export const KNOWN_WINDOW_MS = 86_400_000;
export const STALLED_AFTER_MS = 300_000;
export const QUIET_AFTER_MS = 1_800_000;

const PER_AGENT = ["agent_id"];
const OPEN = `{{ if or (eq .event_type "${TERMINAL_EVENTS[0]}") (eq .event_type "${TERMINAL_EVENTS[1]}") }}0{{ else }}1{{ end }}`;

/** Runs per agent whose last line of the window is none that ends a run. */
function openRuns(scope: Scope, matchers: Parameters<typeof selector>[1], windowMs: number): LogqlText {
  const lines = pipeline(
    selector(scope, matchers),
    json({ rid: "run_id" }),
    labelIsNot("rid", ""),
    readable(),
    labelFormat({}, { open: OPEN }),
  );
  return aggregate("sum", lastOverTime(lines, "open", durationText(windowMs), ["agent_id", "rid"]), PER_AGENT);
}

/**
 * How many runs of each agent have stalled? Started within the last hour and not ended, less those that wrote a line
 * within `afterMs`. One series per agent, none per run. A run that started longer ago and still writes hides one.
 *
 * @example stalledRuns({}, 300_000)
 */
export function stalledRuns(scope: Scope, afterMs: number, windowMs = STALLED_WINDOW_MS): LogqlText {
  const started = openRuns(scope, [...agents(undefined), ...events("run.started", ...TERMINAL_EVENTS)], windowMs);
  return excess(started, openRuns(scope, agents(undefined), afterMs), PER_AGENT);
}

/**
 * Which agents had runs in the last 24 hours, but none started within `afterMs`? The value is how many they had.
 *
 * @example quietAgents({}, 1_800_000)
 */
export function quietAgents(scope: Scope, afterMs: number, knownMs = KNOWN_WINDOW_MS): LogqlText {
  const started = selector(scope, [...agents(undefined), ...events("run.started")]);
  const runs = (windowMs: number) => aggregate("sum", countOverTime(started, { windowMs }), PER_AGENT);
  return unless(runs(knownMs), runs(afterMs), PER_AGENT);
}
