import { describe, expect, it } from "vitest";
import { parseBaselines } from "../../core/baselines";
import { AGENTS } from "./agents";
import { ragPipeline } from "./agents/ragPipeline";
import { supportBot } from "./agents/supportBot";
import { baselinesOf, versionOf } from "./baselines";

const AT = 1_795_168_800_000_000;

describe("baselinesOf", () => {
  it("is a file that readers accept, for the agents that have one", () => {
    const baselines = parseBaselines(baselinesOf(AGENTS, AT, 1), "the demo");
    expect(baselines.agents.sort()).toEqual(["coding-agent", "rag-pipeline", "research-agent", "support-bot"]);
    expect(baselines.generatedAt).toBe(AT);
    expect(baselines.baselineOf("support-bot", versionOf(supportBot, 0))).toEqual(supportBot.baseline);
    expect(baselines.baselineOf("support-bot", "another")).toEqual(supportBot.baseline);
    expect(baselines.baselineOf("chat-assistant", "any")).toEqual({});
  });

  it("shortens what is measured by the clock of the lines, and nothing else", () => {
    const baselines = parseBaselines(baselinesOf([ragPipeline], AT, 10), "the demo");
    expect(baselines.baselineOf("rag-pipeline", undefined)).toEqual({
      ...ragPipeline.baseline,
      active_ms: 240,
      slowest_tool_ms: 26,
      slowest_llm_ms: 200,
      slowest_gap_ms: 30,
    });
  });
});
