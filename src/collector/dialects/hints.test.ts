import { describe, expect, it } from "vitest";
import { content, hash, span } from "../testSpans";
import { componentOf } from ".";
import { json } from "./testDialects";

describe("hints", () => {
  const agentOf = (attributes: Parameters<typeof span>[1], resource?: Record<string, string>) =>
    componentOf(span("x", attributes, resource === undefined ? {} : { resource }), { content }).hints.agent?.name;

  it("prefers agent names in their order", () => {
    const names = {
      "haystack.pipeline.metadata": json({ name: "g" }),
      "hayhooks.pipeline.name": "f",
      "ai.telemetry.functionId": "d",
      "traceloop.workflow.name": "c",
      "agent.name": "b",
      "gen_ai.agent.name": "a",
    };
    const left: Record<string, string> = { ...names };
    for (const [name, expected] of Object.entries(names).reverse()) {
      expect(agentOf(left)).toBe(expected === names["haystack.pipeline.metadata"] ? "g" : expected);
      delete left[name];
    }
    expect(agentOf({})).toBe("shop");
    expect(agentOf(names, { "service.name": "s", "dunetrace.agent_id": "mine" })).toBe("mine");
  });

  it("reads session, user, tools and what the run was asked, hashed", () => {
    const agent = span("invoke_agent a", {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.conversation.id": "c1",
      "user.id": "u1",
      "gen_ai.tool.definitions": json([{ name: "search" }, { type: "function", function: { name: "mail" } }]),
      "gen_ai.input.messages": json([
        { role: "user", parts: [{ type: "text", content: "first" }] },
        { role: "user", parts: [{ type: "text", content: "last" }] },
      ]),
    });
    const { hints } = componentOf(agent, { content });
    expect(hints).toMatchObject({
      session: "c1",
      user: hash("u1"),
      tools: ["search", "mail"],
      input: { input_hash: hash("last"), input_length: 4 },
    });
  });

  it("knows how Haystack agents ended, by name or by their steps", () => {
    const told = (attributes: Parameters<typeof span>[1]) => {
      const { exit, steps } = componentOf(span("haystack.agent.run", attributes), { content }).hints;
      return [exit, steps?.allTaken, steps?.lastTools];
    };
    expect(told({ "haystack.agent.output": json({ exit_reason: "max_agent_steps" }) })[0]).toBe("max_steps");
    expect(told({ "haystack.agent.output": json({ exit_reason: "text" }) })[0]).toBe("final_answer");
    const steps = { "haystack.agent.max_steps": 5, "haystack.agent.exit_conditions": json(["text", "send"]) };
    expect(told({ ...steps, "haystack.agent.steps_taken": 5 })).toEqual([undefined, true, ["text", "send"]]);
    expect(told({ ...steps, "haystack.agent.steps_taken": 2 })[1]).toBe(false);
    expect(told(steps)[1]).toBe(false);
  });

  it("reads the names of the tools a Haystack agent has, also of sets of tools", () => {
    const tool = (name: string) => ({ type: "haystack.tools.tool.Tool", data: { name, description: "secret" } });
    const set = (...tools: object[]) => ({ type: "haystack.tools.toolset.Toolset", data: { tools } });
    const tools = (value: string) =>
      componentOf(span("haystack.agent.run", { "haystack.agent.tools": value }), { content }).hints.tools;
    expect(tools(json([tool("search"), set(tool("mail"), tool("fax"))]))).toEqual(["search", "mail", "fax"]);
    expect(tools(json(set(tool("mail"))))).toEqual(["mail"]);
    expect(tools("[]")).toEqual([]);
    expect(tools("[Tool(name='search', description='secret')]")).toBeUndefined();
    expect(tools("")).toBeUndefined();
  });

  it("takes what the user said out of the data of a Haystack pipeline, not the role or the instructions", () => {
    const message = (role: string, text: string) => ({ role, meta: {}, name: null, content: [{ text }] });
    const input = (data: object) =>
      componentOf(span("haystack.pipeline.run", { "haystack.pipeline.input_data": json(data) }), { content }).hints
        .input?.input_hash;
    const messages = [message("system", "Be kind"), message("user", "Hello"), message("assistant", "Hi")];
    expect(input({ llm: { messages } })).toBe(hash("Hello"));
    expect(input({ agent: { messages: [message("user", "first"), message("user", "last")] } })).toBe(hash("last"));
    expect(input({ retriever: { top_k: 3, query: "cats" }, prompt: { question: "dogs" } })).toBe(hash("cats"));
    expect(input({ llm: { messages: [message("system", "Be kind")] } })).toBe(hash("Be kind"));
    expect(input({ llm: { messages: [] } })).toBeUndefined();
  });

  it("tells how Hayhooks was called", () => {
    const run = span("hayhooks.openai.run", {
      "hayhooks.transport": "openai",
      "hayhooks.pipeline.name": "rag",
      "hayhooks.route": "/chat?q=secret",
      "hayhooks.response.stream_type": "async",
    });
    expect(componentOf(run, { content }).hints).toMatchObject({
      kind: "openai",
      attrs: { transport: "openai", pipeline: "rag", route: "/chat", stream_type: "async" },
    });
  });
});
