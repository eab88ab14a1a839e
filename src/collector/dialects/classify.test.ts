import { describe, expect, it } from "vitest";
import { span } from "../testSpans";
import { classify } from "./classify";

const component = (type: string) => span("haystack.component.run", { "haystack.component.type": type });

describe("classify", () => {
  it.each([
    ["chat gpt-4o", { "gen_ai.operation.name": "chat" }, "llm"],
    ["execute_tool search", { "gen_ai.operation.name": "execute_tool" }, "tool"],
    ["invoke_agent planner", { "gen_ai.operation.name": "invoke_agent", "gen_ai.request.model": "m" }, "agent"],
    ["create_agent planner", { "gen_ai.operation.name": "create_agent" }, "setup"],
    ["plan", { "gen_ai.operation.name": "plan", "gen_ai.request.model": "m" }, "unknown"],
    ["CreateEmbeddings", { "openinference.span.kind": "EMBEDDING" }, "setup"],
    ["openai.embeddings", { "llm.request.type": "embedding", "gen_ai.request.model": "m" }, "setup"],
    ["ChatCompletion", { "openinference.span.kind": "LLM" }, "llm"],
    ["anthropic.chat", { "llm.request.type": "completion" }, "llm"],
    ["openai.chat", { "gen_ai.request.model": "gpt-4o" }, "llm"],
    ["search.tool", { "traceloop.span.kind": "tool" }, "tool"],
    ["ai.generateText", { "ai.operationId": "ai.generateText", "gen_ai.request.model": "m" }, "agent"],
    ["ai.streamText.doStream", { "ai.operationId": "ai.streamText.doStream" }, "llm"],
    ["ai.toolCall", { "ai.operationId": "ai.toolCall" }, "tool"],
    ["haystack.agent.step.llm", {}, "llm"],
    ["haystack.agent.step.tool", {}, "tool"],
    ["haystack.pipeline.run", {}, "agent"],
    ["POST /chat/run", {}, "unknown"],
  ] as const)("takes %s %o as %s", (name, attributes, kind) => {
    expect(classify(span(name, attributes))).toBe(kind);
  });

  it("takes requests of HTTP clients for known parts, and goes by names first", () => {
    const client = (name: string, attributes: Record<string, string>) => span(name, attributes, { kind: 3 });
    expect(classify(client("POST", { "http.request.method": "POST" }))).toBe("other");
    expect(classify(client("HTTP GET", { "http.method": "GET" }))).toBe("other");
    expect(classify(client("MyRetriever", { "http.request.method": "POST" }))).toBe("retrieval");
    expect(classify(client("SELECT museums", { "db.system": "postgresql" }))).toBe("unknown");
  });

  it("goes by the class of a Haystack component, the first list that fits", () => {
    expect(classify(component("OpenAIChatGenerator"))).toBe("llm");
    expect(classify(component("FallbackChatGenerator"))).toBe("llm");
    expect(classify(component("InMemoryBM25Retriever"))).toBe("retrieval");
    expect(classify(component("ToolInvoker"))).toBe("tool");
    expect(classify(component("ChatPromptBuilder"))).toBe("other");
    expect(classify(component("LLMMetadataExtractor"))).toBe("other");
    expect(classify(component("MyLookup"))).toBe("unknown");
  });

  it("does not let names of pipelines, tasks and graph nodes mislead it", () => {
    expect(classify(span("hayhooks.mcp.call_tool", { "hayhooks.tool.name": "Retriever" }))).toBe("other");
    expect(classify(span("hayhooks.mcp.run_pipeline_tool"))).toBe("agent");
    const retrieve = { "gen_ai.operation.name": "vector_db_retrieve", "traceloop.span.kind": "task" };
    expect(classify(span("vector_db_retrieve EmptyRetriever", retrieve))).toBe("retrieval");
    expect(classify(span("execute_task tools", { "gen_ai.operation.name": "execute_task" }))).toBe("other");
    expect(classify(span("tools.task", { "traceloop.span.kind": "task" }))).toBe("other");
  });

  it("knows what is no run", () => {
    expect(classify(span("haystack.tracing.auto_enable", {}, { status: "error" }))).toBe("setup");
    expect(classify(span("hayhooks.pipeline.startup.deploy"))).toBe("setup");
    expect(classify(span("hayhooks.pipeline.deploy_yaml"))).toBe("deploy");
    expect(classify(span("GET /status", {}, { kind: 2 }))).toBe("transport");
    expect(classify(span("POST /run http send"))).toBe("transport");
    expect(classify(span("hayhooks.mcp.list_tools"))).toBe("setup");
  });

  it("asks the user's rules before its own lists and after the attributes", () => {
    const rules = [
      ["MyLookup", "retrieval"],
      ["Builder", "tool"],
    ] as const;
    expect(classify(component("MyLookup"), rules)).toBe("retrieval");
    expect(classify(component("PromptBuilder"), rules)).toBe("tool");
    expect(classify(span("MyLookup", { "gen_ai.operation.name": "chat" }), rules)).toBe("llm");
    expect(classify(span("MyLookup", { "gen_ai.operation.name": "remember" }), rules)).toBe("retrieval");
  });
});
