import { DETECTORS } from "../../src/core/detectors";
import { EMPTY_HASH, line } from "./line";

export interface ManyRuns {
  readonly runs: number;
  readonly agents: number;
  /** Every so-manieth run has a signal, the detectors in turn; 0 for none. */
  readonly signalEvery: number;
  /** Every so-manieth run is of a producer without signals, and all its answers are slow and empty; 0 for none. */
  readonly rawEvery: number;
  /** When the first run starts and the last one ends, ms since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Lines of runs that begin one after the other and all end, in the order of their times. */
export function manyRuns({ runs, agents, signalEvery, rawEvery, from, to }: ManyRuns): string[] {
  const lines: string[] = [];
  const step = ((to - from) * 1000) / (runs * 6);
  let micros = from * 1000;
  const next = (): number => {
    micros += step;
    return Math.floor(micros);
  };
  for (let at = 0; at < runs; at++) {
    const of = { agentId: `agent-${at % agents}`, runId: `run-${from}-${at}` };
    if (rawEvery > 0 && at % rawEvery === 1) {
      lines.push(...rawRun(of, next));
      continue;
    }
    const own = { ...of, schema: true };
    const detector =
      signalEvery > 0 && at % signalEvery === 0 ? DETECTORS[(at / signalEvery) % DETECTORS.length] : undefined;
    lines.push(line({ ...own, micros: next(), event: "run.started", payload: { input_hash: "", tools: ["search"] } }));
    lines.push(line({ ...own, micros: next(), event: "llm.called", payload: { model: "gpt-4o" } }));
    lines.push(
      line({ ...own, micros: next(), event: "llm.responded", payload: { latency_ms: 400_000, output_length: 0 } }),
    );
    for (const phase of detector === undefined ? [] : ["live", "final"]) {
      const payload = {
        failure_type: detector?.type,
        severity: "HIGH",
        confidence: 0.9,
        phase,
        title: `${detector?.label} (${phase})`,
        evidence: { tool: "search" },
        shadow: false,
      };
      lines.push(line({ ...own, micros: next(), event: "signal.detected", payload }));
    }
    const payload = { total_steps: 1, exit_reason: "final_answer", facts: { steps: 1 }, facts_v: 1, signals: {} };
    lines.push(line({ ...own, micros: next(), event: "run.completed", payload }));
  }
  return lines;
}

function rawRun(of: { agentId: string; runId: string }, next: () => number): string[] {
  const injection_signal = { matched_pattern_count: 2, matched_patterns: ["act_as", "jailbreak"], input_length: 9 };
  const answer = { finish_reason: "end_turn", output_hash: EMPTY_HASH, output_length: 0, latency_ms: 400_000 };
  return [
    line({ ...of, micros: next(), event: "run.started", payload: { injection_signal } }),
    line({ ...of, micros: next(), event: "tool.called", payload: { tool_name: "search" } }),
    line({ ...of, micros: next(), event: "tool.responded", payload: { success: false, latency_ms: 400_000 } }),
    line({ ...of, micros: next(), event: "llm.responded", payload: answer }),
    line({ ...of, micros: next(), event: "run.completed", step: 90, payload: { exit_reason: "max_steps" } }),
  ];
}
