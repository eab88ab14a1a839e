import type { Baseline } from "../../core/baselines";
import { DETECTORS, type DetectorSettings, judge } from "../../core/detectors";
import { FACTS_VERSION, FactTracker } from "../../core/facts";
import type { Prices } from "../../core/prices";
import { type FailureType, type Payloads, SCHEMA_VERSION } from "../../core/wire";
import type { Call } from "./calls";
import { type EventOptions, eventsOf } from "./events";
import type { TracedRun } from "./run";
import { type LineOptions, RunLines } from "./runLines";

/** What runs are judged by. */
export interface RunRules {
  readonly settings: DetectorSettings;
  readonly baseline: Baseline;
  /** Names the settings on the terminal line. */
  readonly rules: string;
}

export interface WriteOptions extends EventOptions, LineOptions {
  readonly prices: Prices;
  readonly rulesFor: (agentId: string, version: string) => RunRules;
  /** Told of each signal of the final verdict. */
  readonly onSignal?: ((type: FailureType) => void) | undefined;
}

/**
 * Writes a run as lines: its events in order, the signals that were found, and the terminal line with facts and verdict.
 * Times rise strictly within the run; a line whose event Loki would refuse has the time of writing.
 *
 * @param dropped spans of the run that are missing
 * @returns how many lines were lost
 */
export function writeRun(run: TracedRun, options: WriteOptions, dropped = 0): number {
  const lines = new RunLines(run, options);
  const tracker = new FactTracker({ prices: options.prices });
  for (const call of run.calls) if (call.kind === "llm") price(call, options.prices);
  for (const event of eventsOf(run, options)) {
    const time = lines.stamp(event.time);
    if (event.event_type !== "span.ended") tracker.add({ ...event, time, schema: SCHEMA_VERSION });
    lines.write(event.event_type, event.payload, event.step_index, event);
  }
  // Room for the signals before the end, whether they come or not: the end's time must not depend on the verdict.
  const time = lines.stamp(run.end) + DETECTORS.length;
  const step_index = tracker.facts.steps;
  const end = endOf(run);
  tracker.add({ ...end, time, step_index, schema: SCHEMA_VERSION });
  const facts = tracker.finish();
  const { settings, baseline, rules } = options.rulesFor(run.agentId, lines.version);
  const { ended, exit_reason } = tracker;
  const { signals } = judge({ facts, ended, exit_reason, baseline, settings, evidence: tracker.evidence() });
  const verdicts: NonNullable<Payloads["run.completed"]["signals"]> = {};
  for (const [index, signal] of signals.entries()) {
    const { failure_type, severity, confidence, shadow, base_severity, title, evidence } = signal;
    options.onSignal?.(failure_type);
    verdicts[failure_type] = { severity, confidence, shadow, base_severity };
    lines.stamp(time - signals.length + index);
    const payload = { failure_type, severity, confidence, phase: "final" as const, title, evidence, shadow };
    lines.write("signal.detected", payload, step_index);
  }
  lines.stamp(time);
  Object.assign(end.payload, {
    total_steps: facts.steps,
    tool_call_count: facts.tool_calls,
    duration_ms: facts.duration_ms,
    facts,
    facts_v: FACTS_VERSION,
    rules,
    baseline: Object.keys(baseline).length > 0 ? { ...baseline } : undefined,
    signals: verdicts,
    dropped_events: dropped + lines.lost > 0 ? dropped + lines.lost : undefined,
  } satisfies Payloads["run.completed"]);
  lines.write(end.event_type, end.payload, step_index);
  return lines.lost;
}

function endOf(run: TracedRun) {
  const attrs = run.attrs === undefined ? undefined : { ...run.attrs };
  const payload: Payloads["run.errored"] = { exit_reason: run.exit, attrs };
  if (run.exit !== "error") return { event_type: "run.completed" as const, payload };
  return { event_type: "run.errored" as const, payload: { error_type: "Error", ...run.error, ...payload } };
}

/** Every answer that can be priced carries its cost, so that a later price table changes nothing. */
function price({ called, answer, end }: Extract<Call, { kind: "llm" }>, prices: Prices): void {
  const isMetered = answer.prompt_tokens !== undefined || answer.completion_tokens !== undefined;
  const model = answer.model ?? called.model;
  if (isMetered && model !== undefined) answer.cost_usd ??= prices.cost(model, answer, called.provider, end);
}
