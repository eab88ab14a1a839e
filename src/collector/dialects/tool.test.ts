import { describe, expect, it } from "vitest";
import { argumentsText } from "../../core/hashing";
import { hash, span } from "../testSpans";
import { json, tools } from "./testDialects";

describe("tools", () => {
  const execute = (attributes: Parameters<typeof span>[1]) =>
    span("execute_tool search", { "gen_ai.operation.name": "execute_tool", ...attributes });
  const plain = hash(argumentsText({ query: "cats" }) ?? "");

  it("takes what frameworks wrap around arguments away, so that equal calls have equal hashes", () => {
    for (const step of [1, 2]) {
      const wrapped = json({
        input_str: "{'query': 'cats'}",
        tags: [],
        metadata: { langgraph_step: step },
        inputs: { query: "cats" },
        kwargs: { tool_call_id: `c${step}` },
      });
      expect(tools(execute({ "gen_ai.tool.call.arguments": wrapped }))[0]?.called.args_hash).toBe(plain);
    }
    const decorated = span("search.tool", {
      "traceloop.span.kind": "tool",
      "traceloop.entity.name": "search",
      "traceloop.entity.input": json({ args: [], kwargs: { query: "cats" } }),
    });
    expect(tools(decorated)[0]?.called).toMatchObject({ tool_name: "search", args_hash: plain });
    for (const sent of [{ query: "cats" }, '{"query": "cats"}']) {
      expect(tools(execute({ "gen_ai.tool.call.arguments": sent }))[0]?.called.args_hash).toBe(plain);
    }
  });

  it("falls back to the text of the input, and measures the result inside its wrapping", () => {
    const attributes = {
      "gen_ai.tool.call.arguments": json({ input_str: "cats", metadata: {} }),
      "gen_ai.tool.call.result": json({ output: { kwargs: { content: "12345", tool_call_id: "c1" } } }),
    };
    const [use] = tools(execute(attributes));
    expect(use?.called).toMatchObject({ args_hash: hash("cats"), args_length: 4 });
    expect(use?.answer).toMatchObject({ success: true, output_length: 5 });
  });

  it("measures a text that OpenLLMetry's decorators put in quotes without them", () => {
    const lengthOf = (output: string) =>
      tools(span("search.tool", { "traceloop.span.kind": "tool", "traceloop.entity.output": output }))[0]?.answer
        .output_length;
    expect([lengthOf(json("12345")), lengthOf(json('1"3')), lengthOf('"a" or "b"')]).toEqual([5, 3, 10]);
  });

  it("names a tool by its attributes, else by its span", () => {
    expect(tools(execute({}))[0]?.called.tool_name).toBe("search");
    expect(tools(execute({ "gen_ai.tool.name": "lookup" }))[0]?.called.tool_name).toBe("lookup");
    expect(tools(span("find.tool", { "traceloop.span.kind": "tool" }))[0]?.called.tool_name).toBe("find");
  });

  it("sees that a Haystack 3 tool failed although its span's status is unset", () => {
    const told = span("haystack.agent.step.tool", { "haystack.tool.name": "search", "haystack.tool.error": true });
    expect(tools(told)[0]?.answer).toMatchObject({ success: false, error_type: "Error" });
    const explained = new Map([...told.attributes, ["haystack.agent.step.tool.output", json({ error: "no" })]]);
    expect(tools({ ...told, attributes: explained })[0]?.answer).toMatchObject({
      success: false,
      error_type: "Error",
      error_hash: hash("no"),
    });
  });

  it("keeps the class of an error that has no message", () => {
    const attributes = { "gen_ai.operation.name": "execute_tool", "error.type": "TimeoutError" };
    const [use] = tools(span("execute_tool search", attributes, { status: "error" }));
    expect(use?.answer).toMatchObject({ success: false, error_type: "TimeoutError" });
  });

  it("takes an answer with an error in it for an answer, as every other way to report does", () => {
    for (const output of [{ error: null, orders: [] }, { error: "no such order" }]) {
      const attributes = { "haystack.tool.name": "orders", "haystack.agent.step.tool.output": json(output) };
      const [use] = tools(span("haystack.agent.step.tool", attributes));
      expect(use?.answer).toMatchObject({ success: true, output_length: json(output).length });
    }
  });

  it("names the tool whose error a Haystack 2 ToolInvoker raised", () => {
    const statusMessage = "PipelineRuntimeError: …\nError: Failed to invoke Tool `lookup` with parameters {'id': 1}.";
    const attributes = { "haystack.component.type": "ToolInvoker", "haystack.component.name": "tool_invoker" };
    const [use] = tools(span("haystack.component.run", attributes, { status: "error", statusMessage }));
    expect([use?.called.tool_name, use?.answer.success]).toEqual(["lookup", false]);
  });

  it("reads every call of a Haystack 2 ToolInvoker", () => {
    const result = (tool_name: string, error: boolean) => ({
      content: [
        {
          tool_call_result: {
            result: "abc",
            error,
            origin: { tool_name, arguments: { query: "cats" }, id: tool_name },
          },
        },
      ],
    });
    const uses = tools(
      span("haystack.component.run", {
        "haystack.component.type": "ToolInvoker",
        "haystack.component.output": json({ tool_messages: [result("a", false), result("b", true)] }),
      }),
    );
    expect(
      uses.map(({ called, answer }) => [called.tool_name, called.args_hash, answer.success, answer.output_length]),
    ).toEqual([
      ["a", plain, true, 3],
      ["b", plain, false, undefined],
    ]);
  });

  it("takes a Python repr as text", () => {
    const use = tools(execute({ "gen_ai.tool.call.result": "{'a': None}" }))[0];
    expect(use?.answer.output_length).toBe(11);
  });
});
