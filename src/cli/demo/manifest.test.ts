import { describe, expect, it } from "vitest";
import { chatAssistant } from "./agents/chatAssistant";
import { supportBot } from "./agents/supportBot";
import { Manifest } from "./manifest";

describe("Manifest", () => {
  it("names the runs that were played, with what their agents rule out", () => {
    const manifest = new Manifest();
    manifest.begin("1", supportBot, {});
    manifest.begin("2", chatAssistant, {
      status: "errored",
      signals: { TOOL_LOOP: "HIGH" },
      no_data: ["CONTEXT_BLOAT"],
    });
    manifest.begin("3", supportBot, {});
    manifest.end("2");
    manifest.end("1");
    expect(JSON.parse(manifest.toText())).toEqual({
      "1": { agent_id: "support-bot", status: "completed", signals: {}, no_data: [] },
      "2": {
        agent_id: "chat-assistant",
        status: "errored",
        signals: { TOOL_LOOP: "HIGH" },
        no_data: ["TOOL_AVOIDANCE", "CONTEXT_BLOAT", "STEP_COUNT_INFLATION", "TURN_BURST"],
      },
    });
    expect([manifest.runs, manifest.agents.size]).toEqual([2, 2]);
  });

  it("only counts when it is not kept", () => {
    const manifest = new Manifest(false);
    manifest.begin("1", supportBot, {});
    manifest.end("1");
    expect([manifest.runs, JSON.parse(manifest.toText())]).toEqual([1, {}]);
  });
});
