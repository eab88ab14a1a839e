import { describe, expect, it } from "vitest";
import { rebuilt } from "../testing/rebuilt";
import { loopingRun, RunWriter } from "../testing/runWriter";
import { PLAIN } from "./style";
import { type TimelineSignal, timeline } from "./timeline";
import { width } from "./width";

const draw = (writer: RunWriter, signals: readonly TimelineSignal[] = [], columns = 80): string[] =>
  timeline(rebuilt(writer), signals, PLAIN, { columns });

describe("timeline", () => {
  it("draws lanes by time, outlines the loop and marks the slowest step and the signal", () => {
    const writer = loopingRun();
    expect(draw(writer, [{ failure_type: "TOOL_LOOP", severity: "HIGH", step_index: 8 }], 60)).toEqual([
      "            0 s     1 s     2 s     3 s      4 s       5.9 s",
      "LLM         ████████  ████████  ████████  ████████  ████████",
      "            ^ slowest, 1 s",
      "web_search          ▓▓        ▓▓        ▓▓        ▓▓",
      "                    ╰────────── loop ×4 ───────────╯",
      "signals                                 TOOL_LOOP ▲",
      "█ LLM   ▓ tool",
    ]);
  });

  it("shows calls side by side, failures, calls without answer and waits for the user", () => {
    const writer = new RunWriter()
      .llm({}, 4000)
      .event("tool.called", { tool_name: "search" })
      .event("tool.called", { tool_name: "search" })
      .event("tool.responded", { tool_name: "search", success: false, error_type: "Timeout" }, 2000)
      .event("llm.called", { model: "gpt-4o" })
      .event("llm.responded", { finish_reason: "stop" }, 500)
      .event("retrieval.called", { index_name: "docs" })
      .event("retrieval.responded", { index_name: "docs", result_count: 3, top_score: 0.81 }, 1000)
      .event("input.received", { input_hash: "cafecafecafecafe", input_length: 3 }, 3000)
      .completed();
    expect(draw(writer, [], 60)).toEqual([
      "         0 s       2 s      4 s       6 s       8 s   10.6 s",
      "LLM      ███████████████████          ███",
      "         ^ slowest, 4 s",
      "search                      ┄┄┄┄┄┄┄┄┄┄",
      "                            ▓▓▓▓▓▓▓▓▓✗",
      "docs                                     ▒▒▒▒",
      "user                                         ··············▾",
      "█ LLM   ▓ tool   ▒ retrieval   ✗ failed   ┄ never answered",
      "▾ input, · waiting for it",
    ]);
  });

  it("never takes more cells than it may, whatever names and times the lines carry", () => {
    const hostile = `\u001b[2J検索${"very_long_tool_name_".repeat(5)}`;
    const writer = new RunWriter();
    for (let at = 0; at < 30; at++) writer.llm().tool(`${hostile}${at % 20}`, "aaaaaaaaaaaaaaaa");
    writer.event("external.signal", { signal_name: hostile }).errored();
    for (const columns of [60, 80, 120]) {
      const lines = draw(
        writer,
        [{ failure_type: "CASCADING_TOOL_FAILURE", severity: "HIGH", step_index: 60 }],
        columns,
      );
      for (const line of lines) {
        expect(width(line)).toBeLessThanOrEqual(columns);
        expect(line).not.toContain("\u001b");
      }
      expect(lines.filter((line) => line.startsWith("others"))).toHaveLength(1);
    }
  });

  it("marks outside events, policies and the error", () => {
    const writer = new RunWriter()
      .llm()
      .event("external.signal", { signal_name: "rate_limit" })
      .llm({}, 8000)
      .event("policy.triggered", { policy_name: "cap", action_type: "stop", trigger: "step_count", value: 2 })
      .errored();
    const text = draw(writer).join("\n");
    expect(text).toContain("! rate_limit");
    expect(text).toContain("policy stop ■");
    expect(text).toContain("run errored ✗");
  });

  it("says so when a run has no calls", () => {
    expect(draw(new RunWriter().completed())).toEqual(["No calls in this run."]);
  });
});
