import { describe, expect, it } from "vitest";
import { content, hash, span } from "../testSpans";
import { componentOf } from ".";
import { chat, json, llm } from "./testDialects";

describe("names beside the usual ones", () => {
  it("takes the requested model from OpenInference's parameters, also where the call failed", () => {
    const named = { "openinference.span.kind": "LLM", "llm.invocation_parameters": json({ model: "gpt-4o" }) };
    const failed = llm(span("ChatCompletion", named, { status: "error" }));
    expect([failed.called.model, failed.answer.model]).toEqual(["gpt-4o", undefined]);
    const answered = llm(span("ChatCompletion", { ...named, "llm.model_name": "gpt-4o-2024-08-06" }));
    expect([answered.called.model, answered.answer.model]).toEqual(["gpt-4o", "gpt-4o-2024-08-06"]);
  });

  it("takes the provider behind LangChain, which OpenLLMetry 0.40 calls the provider", () => {
    const framework = { "gen_ai.system": "Langchain" };
    expect(llm(chat(framework)).called.provider).toBeUndefined();
    const behind = { ...framework, "traceloop.association.properties.ls_provider": "anthropic" };
    expect(llm(chat(behind)).called.provider).toBe("anthropic");
  });

  it("reads declared tools that have an attribute each", () => {
    const flat = [
      { "llm.request.functions.0.name": "search", "llm.request.functions.1.name": "mail" },
      {
        "llm.tools.0.tool.json_schema": json({ type: "function", function: { name: "search" } }),
        "llm.tools.1.tool.json_schema": json({ name: "mail", input_schema: {} }),
      },
    ];
    for (const attributes of flat) {
      expect(componentOf(chat(attributes), { content }).hints.tools).toEqual(["search", "mail"]);
    }
  });

  it("finds the question in LangChain's messages, however they are written", () => {
    const written = [
      { role: "user", content: "question" },
      ["human", "question"],
      ["user", "question"],
      { lc: 1, type: "constructor", id: ["HumanMessage"], kwargs: { content: "question", type: "human" } },
      {
        lc: 1,
        type: "constructor",
        id: ["HumanMessage"],
        kwargs: { content: [{ type: "text", text: "question" }], type: "human" },
      },
    ];
    for (const message of written) {
      for (const messages of [[message], [["system", "be kind"], message]]) {
        const sent = json({ inputs: { messages }, tags: [], metadata: {}, kwargs: { name: "agent" } });
        const workflow = span("agent.workflow", { "traceloop.span.kind": "workflow", "traceloop.entity.input": sent });
        expect(componentOf(workflow, { content }).hints.input?.input_hash).toBe(hash("question"));
      }
    }
  });

  it("takes two arguments of a function for no message", () => {
    const sent = json({ args: ["question", "more"], kwargs: {} });
    const workflow = span("agent.workflow", { "traceloop.span.kind": "workflow", "traceloop.entity.input": sent });
    expect(componentOf(workflow, { content }).hints.input?.input_hash).toBe(hash("question"));
  });

  it("takes Anthropic's counting of tokens for no call of a model", () => {
    const counting = span("anthropic.messages.count_tokens", { "gen_ai.request.model": "claude-sonnet-5-5" });
    expect(componentOf(counting, { content }).kind).toBe("setup");
    const session = span("anthropic.sessions.create", { "gen_ai.request.model": "claude-sonnet-5-5" });
    expect(componentOf(session, { content }).kind).toBe("setup");
  });
});
