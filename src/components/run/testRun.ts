import { DEFAULT_SETTINGS } from "../../core/detectors";
import { type Run, rebuildRun } from "../../core/run";
import { linesOf, T0 } from "../../core/run/testLines";
import type { Line } from "../../core/wire";
import type { RunDetails } from "../../logql/ask";

/** Test support: a run with a tool that is called three times and fails once. */
export const LINES: readonly Line[] = linesOf([
  [
    "run.started",
    { input_hash: "in", model: "gpt-4o", tools: ["web_search"], capture: "hash", attrs: { team: "search" } },
  ],
  ["llm.called", { model: "gpt-4o" }],
  ["llm.responded", { model: "gpt-4o", prompt_tokens: 3100, completion_tokens: 40, cost_usd: 0.01 }],
  ["tool.called", { tool_name: "web_search", args_hash: "aaaaaaaaaaaaaaaa", args: "secret" }],
  ["tool.responded", { tool_name: "web_search", success: true, output_length: 10 }],
  ["tool.called", { tool_name: "web_search", args_hash: "aaaaaaaaaaaaaaaa" }],
  ["tool.responded", { tool_name: "web_search", success: true, output_length: 10 }],
  ["tool.called", { tool_name: "web_search", args_hash: "aaaaaaaaaaaaaaaa" }],
  ["tool.responded", { tool_name: "web_search", success: false, error_type: "TimeoutError" }],
  ["run.errored", { error_type: "GaveUp", total_steps: 4, dropped_events: 2, rules: "33c2feb5" }],
]);

export function testRun(lines: readonly Line[] = LINES): Run {
  return rebuildRun(lines, { now: T0 + 60_000_000 });
}

export function testDetails(run: Run = testRun()): RunDetails {
  return {
    run,
    signals: [],
    only_other: [],
    no_data: [],
    settings: DEFAULT_SETTINGS,
    baseline: {},
    unreadable: 0,
    children: [],
    logql: '{agent_id="agent"}',
  };
}
