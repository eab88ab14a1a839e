import { ATTRIBUTES } from "../../src/collector/dialects";
import type { Meaning, Source } from "../../src/collector/dialects/names";
import { testCollector } from "../../src/collector/testCollector";
import type { Canaries, Way } from "./canaries";

/** Meanings of attributes that are no content: names, counts, times and states. A new one is content until it is named here. */
const NO_CONTENT: ReadonlySet<Meaning> = new Set<Meaning>([
  "requestModel",
  "responseModel",
  "responseId",
  "provider",
  "frameworkProvider",
  "promptTokens",
  "completionTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "reasoningTokens",
  "finishReason",
  "streaming",
  "firstTokenSeconds",
  "firstTokenMillis",
  "toolName",
  "toolCallId",
  "index",
  "resultCount",
  "topScore",
  "errorType",
  "agent",
  "version",
  "tools",
  "session",
  "transport",
  "route",
  "httpStatus",
  "pipeline",
  "streamType",
]);

interface Head {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly scope?: string;
}

const head = (name: string, attributes: Readonly<Record<string, string>> = {}): Head => ({ name, attributes });
const operation = (name: string) => head(name, { "gen_ai.operation.name": name, "gen_ai.request.model": "gpt-4o" });
const openInference = (kind: string) => head(kind, { "openinference.span.kind": kind });
const traceloop = (kind: string) =>
  head(`step.${kind}`, { "traceloop.span.kind": kind, "traceloop.entity.name": "step" });
const vercel = (name: string) => head(name, { "ai.operationId": name });
const component = (type: string) => head("haystack.component.run", { "haystack.component.type": type });

/** The spans that each dialect makes, its root first. */
const SPANS: Readonly<Record<Source, readonly Head[]>> = {
  otel: ["invoke_agent", "chat", "execute_tool", "retrieval", "plan"].map(operation),
  traceloop: [
    ...["workflow", "tool", "task"].map(traceloop),
    head("openai.chat", { "llm.request.type": "chat" }),
    operation("vector_db_retrieve"),
  ],
  openinference: ["AGENT", "LLM", "TOOL", "RETRIEVER", "CHAIN"].map(openInference),
  vercel: ["ai.generateText", "ai.generateText.doGenerate", "ai.toolCall"].map(vercel),
  haystack: [
    head("haystack.pipeline.run"),
    ...["OpenAIChatGenerator", "InMemoryBM25Retriever", "ToolInvoker", "PromptBuilder"].map(component),
    head("haystack.agent.step.llm"),
    head("haystack.agent.step.tool", { "haystack.tool.name": "search" }),
  ],
  hayhooks: [
    head("hayhooks.pipeline.run"),
    component("OpenAIChatGenerator"),
    head("hayhooks.mcp.call_tool"),
    head("hayhooks.pipeline.startup.deploy"),
  ],
  anthropic: [operation("invoke_agent"), { ...operation("chat"), scope: "com.anthropic.sdk.python" }],
  dunetrace: ["invoke_agent", "chat"].map(operation),
};

/** Where tracers put content that nothing reads. */
const ELSEWHERE = ["http.request.header.authorization", "url.query", "gen_ai.system_instructions", "metadata"];

/** Every attribute of a source that means content, with a canary: as text, or inside JSON. */
function contentOf(source: Source, where: string, isJson: boolean, { plant }: Canaries): Record<string, string> {
  const wrap = (text: string): string => (isJson ? JSON.stringify([{ role: "user", content: text, q: text }]) : text);
  const meanings = Object.entries(ATTRIBUTES).filter(([meaning]) => ![...NO_CONTENT].some((one) => one === meaning));
  const names = meanings.flatMap(([, list]) => list.filter(([, of]) => of === source).map(([name]) => name));
  return Object.fromEntries([...names, ...ELSEWHERE].map((name) => [name, wrap(plant(`${source} ${where} ${name}`))]));
}

const keyValues = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** All spans of a source as one trace in OTLP's JSON, with content as text and as JSON, of calls that fail and that do not. */
function traceOf(source: Source, canaries: Canaries): object {
  const { plant } = canaries;
  const at = BigInt(Date.now()) * 1_000_000n;
  const variants = [0, 1, 2, 3];
  const spans = SPANS[source].flatMap(({ name, attributes = {}, scope = "" }, index) =>
    variants.slice(0, index === 0 ? 1 : variants.length).map((variant) => {
      const order = index * variants.length + variant;
      const fails = variant > 1;
      const where = `${name} ${variant}`;
      const exception = {
        "exception.type": "ValueError",
        "exception.message": plant(`${where} exception`),
        "exception.stacktrace": plant(`${where} stack`),
      };
      const span = {
        traceId: hex(Object.keys(SPANS).indexOf(source) + 1, 32),
        spanId: hex(order + 1, 16),
        parentSpanId: index === 0 ? "" : hex(1, 16),
        flags: 0x101,
        name,
        kind: 1,
        startTimeUnixNano: String(at + BigInt(order)),
        endTimeUnixNano: String(at + BigInt(index === 0 ? 1_000_000 : order + 1)),
        attributes: keyValues({
          ...attributes,
          ...contentOf(source, where, variant % 2 === 1, canaries),
          "http.target": `/chat?token=${plant(`${where} query`)}`,
        }),
        events: fails ? [{ name: "exception", timeUnixNano: String(at), attributes: keyValues(exception) }] : [],
        status: fails ? { code: 2, message: plant(`${where} status`) } : {},
      };
      return { scope: { name: scope, attributes: keyValues({ secret: plant(`${where} scope`) }) }, spans: [span] };
    }),
  );
  const resource = keyValues({ "service.name": "museum", "process.command_args": plant(`${source} resource`) });
  return { resourceSpans: [{ resource: { attributes: resource }, scopeSpans: spans }] };
}

/** A trace of one dialect through the collector: its lines, its metrics and what it says on the way. */
export const throughCollector = (source: Source): Way => ({
  isWrittenInFull: false,
  play: async (_, canaries) => {
    const { collector, written, problems, ask, post } = testCollector();
    const secret = `Bearer ${canaries.plant("header")}`;
    const headers = { "content-type": "application/json", authorization: secret };
    const sent = await post(
      `/v1/traces?token=${canaries.plant("query")}`,
      JSON.stringify(traceOf(source, canaries)),
      headers,
    );
    const refused = await post("/v1/traces", `{"${canaries.plant("broken body")}`, headers);
    collector.close();
    const metrics = await ask("/metrics");
    if (written.length === 0) throw new Error(`no line was written of ${source}`);
    return [...written, ...problems, await sent.text(), await refused.text(), await metrics.text()].join("\n");
  },
});

export const DIALECTS = Object.keys(SPANS).filter((name): name is Source => name in SPANS);
