import { realLines } from "./realLines.mjs";

/**
 * The events of the real runs as calls of the public API, with texts of the lengths the lines state. Made beforehand, so
 * that a bench measures the SDK and not this.
 *
 * @typedef {(run: import("../lib/index.mjs").RunContext) => void} Act
 * @returns {{ runs: { agentId: string, options: object, acts: Act[], end: Act }[], events: number }}
 */
export function realReplay() {
  const lines = realLines().map((line) => JSON.parse(line));
  const byRun = new Map();
  for (const line of lines) {
    const events = byRun.get(line.run_id) ?? [];
    events.push(line);
    byRun.set(line.run_id, events);
  }
  const runs = [...byRun.values()].map((events) => {
    const [started] = events;
    const { input_length, model, tools } = started.payload;
    return {
      agentId: started.agent_id,
      options: { userInput: "x".repeat(input_length), model, tools, version: started.agent_version },
      acts: events.slice(1, -1).map(actOf),
      end: endOf(events.at(-1)),
    };
  });
  return { runs, events: lines.length };
}

/** Arguments whose canonical JSON has this length; the same hash gives the same arguments. */
function argumentsOf(hash, length) {
  return { query: `${hash}${"x".repeat(Math.max(0, (length ?? 30) - 28))}` };
}

/** @returns {Act} */
function actOf({ event_type, payload }) {
  switch (event_type) {
    case "llm.called":
      return (run) => run.llmCalled(payload.model);
    case "llm.responded": {
      const answer = {
        promptTokens: payload.prompt_tokens,
        completionTokens: payload.completion_tokens,
        latencyMs: payload.latency_ms,
        finishReason: payload.finish_reason,
        toolCallCount: payload.tool_call_count,
        output: "x".repeat(payload.output_length ?? 0),
      };
      return (run) => run.llmResponded(answer);
    }
    case "tool.called": {
      const args = argumentsOf(payload.args_hash, payload.args_length);
      return (run) => run.toolCalled(payload.tool_name, args);
    }
    case "tool.responded": {
      const answer = { success: payload.success, outputLength: payload.output_length, latencyMs: payload.latency_ms };
      return (run) => run.toolResponded(payload.tool_name, answer);
    }
    case "input.received": {
      const input = "x".repeat(payload.input_length);
      return (run) => run.input(input);
    }
    default:
      throw new Error(`the bench cannot replay ${event_type}`);
  }
}

/** @returns {Act} */
function endOf({ event_type, payload }) {
  if (event_type === "run.errored") return (run) => run.fail(new Error("failed"));
  return (run) => run.end({ exitReason: payload.exit_reason });
}

/** Plays all runs, one after the other. */
export function play(dt, { runs }) {
  for (const { agentId, options, acts, end } of runs) {
    const run = dt.startRun(agentId, options);
    for (const act of acts) act(run);
    end(run);
  }
}
