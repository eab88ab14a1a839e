import { describe, expect, it } from "vitest";
import { rebuilt } from "../testing/rebuilt";
import { RunWriter } from "../testing/runWriter";
import { BY_OPTION } from "./sections";
import { stepTable } from "./steps";
import { PLAIN } from "./style";

const print = (writer: RunWriter, all = false): string[] =>
  stepTable(rebuilt(writer), all, { style: PLAIN, columns: 80, ask: BY_OPTION });

describe("stepTable", () => {
  it("shows of each step what is known, as counts and hashes", () => {
    const writer = new RunWriter()
      .llm(
        {
          prompt_tokens: 3321,
          completion_tokens: 53,
          finish_reason: "tool_calls",
          cost_usd: 0.00227,
          model: "gpt-4o-mini",
        },
        1400,
      )
      .tool("web_search", "28fc1ab200000000", { success: false, output_length: 73, error_type: "TimeoutError" })
      .event("retrieval.called", { index_name: "docs", query_hash: "aaaaaaaaaaaaaaaa" })
      .event("retrieval.responded", { index_name: "docs", result_count: 1, top_score: 0.8123 }, 30)
      .event("tool.called", { tool_name: "calc", args_shape: "a=int, b=int" })
      .completed();
    expect(print(writer)).toEqual([
      "STEP     AT  KIND       NAME          TOOK",
      "   1  10 ms  LLM        gpt-4o       1.4 s  slowest, 3.3k in, 53 out, tool call…",
      "   2  1.4 s  tool       web_search  200 ms  failed TimeoutError, 73 chars, args…",
      "   3  1.6 s  retrieval  docs         30 ms  1 result, top 0.812",
      "   4  1.7 s  tool       calc         10 ms  never answered, a=int, b=int",
    ]);
  });

  it("leaves out the middle of a long run unless all steps are wanted", () => {
    const writer = new RunWriter();
    for (let at = 0; at < 60; at++) writer.llm();
    writer.completed();
    const lines = print(writer);
    expect(lines).toHaveLength(42);
    expect(lines[21]).toBe("… 20 more steps (--steps shows all) …");
    expect(lines[22]).toMatch(/^ {2}41 /);
    expect(print(writer, true)).toHaveLength(61);
  });
});
