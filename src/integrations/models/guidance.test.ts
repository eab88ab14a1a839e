import { describe, expect, it } from "vitest";
import type { RunContext } from "../../sdk";
import { RecordedClient } from "../../sdk/testing/record";
import { messages } from "../anthropic/messages";
import { chatCompletions } from "../openai/chat";
import { textCompletions } from "../openai/completions";
import { responses } from "../openai/responses";
import { guided } from "./guidance";

/** A run in which policies asked for another model and put two texts in front of it. */
function guidedRun(): RunContext {
  const { dt } = new RecordedClient();
  const condition = { trigger: "step_count", operator: "gte", value: 1 } as const;
  dt.addPolicy({ name: "m", condition, action: { type: "switch_model", params: { model: "small" } } });
  dt.addPolicy({ name: "a", condition, action: { type: "inject_prompt", params: { prompt: "One." } } });
  dt.addPolicy({ name: "b", condition, action: { type: "inject_prompt", params: { prompt: "Two." } } });
  const run = dt.startRun("agent");
  run.toolCalled("t");
  return run;
}

const turn = { role: "user", content: "hi" };
const block = { type: "text", text: "Own." };

describe("a request guided by policies", () => {
  it.each([
    [
      "chat.completions",
      chatCompletions,
      { messages: [turn] },
      { messages: [{ role: "system", content: "One." }, { role: "system", content: "Two." }, turn] },
    ],
    ["responses", responses, { input: "hi" }, { input: "hi", instructions: "One.\n\nTwo." }],
    ["responses with instructions", responses, { instructions: "Own." }, { instructions: "One.\n\nTwo.\n\nOwn." }],
    ["completions", textCompletions, { prompt: "hi" }, { prompt: "One.\n\nTwo.\n\nhi" }],
    ["messages", messages, { messages: [turn] }, { messages: [turn], system: "One.\n\nTwo." }],
    ["messages with a system prompt", messages, { system: "Own." }, { system: "One.\n\nTwo.\n\nOwn." }],
    [
      "messages with system blocks",
      messages,
      { system: [block] },
      { system: [{ type: "text", text: "One." }, { type: "text", text: "Two." }, block] },
    ],
  ])("of %s is a changed copy, and the texts come once", (_, api, request, wanted) => {
    const run = guidedRun();
    const own = { model: "big", ...request };
    const before = structuredClone(own);
    expect(guided(run, api, own)).toEqual({ model: "small", ...wanted });
    expect(own).toEqual(before);
    expect(guided(run, api, own)).toEqual({ ...own, model: "small" });
  });

  it("keeps the texts for a request that has a place for them", () => {
    const run = guidedRun();
    expect(guided(run, textCompletions, { model: "big", prompt: ["a", "b"] })).toEqual({
      model: "small",
      prompt: ["a", "b"],
    });
    expect(run.popPromptAddition()).toBe("One.");
  });

  it("is the application's own object without policies, whatever it is", () => {
    const run = new RecordedClient().dt.startRun("agent");
    for (const request of [{ model: "big", messages: [turn] }, undefined, "text", null]) {
      expect(guided(run, chatCompletions, request)).toBe(request);
    }
  });
});
