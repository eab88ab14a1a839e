import { DETECTORS, judge } from "../../core/detectors";
import { FACTS_VERSION } from "../../core/facts";
import type { Prices } from "../../core/prices";
import { rebuildRun } from "../../core/run";
import { type FailureType, type Line, type LineOf, levelOf, type Payloads, RunEncoder } from "../../core/wire";
import { type LineOptions, writtenAt } from "../trace/runLines";
import type { RunRules } from "../trace/writeRun";

export type EndLine = LineOf<"run.completed"> | LineOf<"run.errored">;

export const isEnd = (line: Line): line is EndLine =>
  line.event_type === "run.completed" || line.event_type === "run.errored";

export interface FinishOptions extends LineOptions {
  readonly prices: Prices;
  readonly rulesFor: (agentId: string, version: string) => RunRules;
  readonly onSignal?: ((type: FailureType) => void) | undefined;
}

/**
 * Judges a run whose producer does not, and writes what such a producer leaves out: a `signal.detected` for each signal
 * and the terminal line with facts and verdict.
 *
 * @param lines all lines of the run but its end
 * @returns false when events are missing, so that nothing can be said and nothing was written
 */
export function finishRun(lines: readonly Line[], end: EndLine, options: FinishOptions): boolean {
  const last = lines.reduce((latest, { time }) => Math.max(latest, time), 0);
  // Room for the signals between the last event and the end, whether they come or not.
  const time = Math.max(end.time, last + DETECTORS.length + 1);
  const run = rebuildRun([...lines, { ...end, time }], { prices: options.prices });
  const { facts, ended, exit_reason, agent_id, agent_version } = run;
  if ((end.payload.tool_call_count ?? 0) > facts.tool_calls) return false;
  const { settings, baseline, rules } = options.rulesFor(agent_id, agent_version ?? "");
  const { signals } = judge({ facts, ended, exit_reason, baseline, settings, evidence: () => run.evidence });
  const { parent_run_id, session_id, user_hash, trace_id, tags } = run;
  const head = { agent_id, run_id: run.run_id, agent_version, parent_run_id, session_id, user_hash, trace_id, tags };
  const encoder = new RunEncoder(head, options.maxLineBytes);
  const newest = lines.reduce((latest, line) => Math.max(latest, line.written ?? line.time), 0);
  const written = Math.max(end.written ?? writtenAt(time, options.clock()), newest + signals.length + 1);
  const verdicts: NonNullable<Payloads["run.completed"]["signals"]> = {};
  for (const [index, signal] of signals.entries()) {
    const { failure_type, severity, confidence, shadow, base_severity, title, evidence } = signal;
    options.onSignal?.(failure_type);
    verdicts[failure_type] = { severity, confidence, shadow, base_severity };
    const before = signals.length - index;
    const payload = { failure_type, severity, confidence, phase: "final" as const, title, evidence, shadow };
    const level = levelOf("signal.detected", payload);
    const line = encoder.encode({
      event_type: "signal.detected",
      level,
      time: time - before,
      written: written - before,
      step_index: end.step_index,
      seq: end.seq === undefined ? undefined : end.seq + index,
      payload,
    });
    options.write(line, level);
  }
  const payload: Payloads["run.errored"] = {
    ...end.payload,
    total_steps: end.payload.total_steps ?? facts.steps,
    exit_reason,
    tool_call_count: end.payload.tool_call_count ?? facts.tool_calls,
    duration_ms: facts.duration_ms,
    facts,
    facts_v: FACTS_VERSION,
    rules,
    baseline: Object.keys(baseline).length > 0 ? { ...baseline } : undefined,
    signals: verdicts,
  };
  const level = levelOf(end.event_type, payload);
  const { event_type, step_index } = end;
  const seq = end.seq === undefined ? undefined : end.seq + signals.length;
  options.write(encoder.encode({ event_type, level, time, written, step_index, seq, payload }), level);
  return true;
}
