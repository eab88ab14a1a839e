import { SPAN_KIND, type Span } from "../otlp/span";

/**
 * What a span is: a call of a model, of tools or of a retriever; `agent` the agent, its pipeline or workflow; `deploy` a
 * pipeline put into or out of service; `transport` a request of a server; `setup` work around agents that is no run
 * (embeddings, handshakes, tracers); `other` a part that is known to be none of these; `unknown` what nothing tells about.
 */
export type ComponentKind =
  | "llm"
  | "tool"
  | "retrieval"
  | "agent"
  | "deploy"
  | "transport"
  | "setup"
  | "other"
  | "unknown";

/** Substrings of names, each with what a span of such a name is. Case matters: these are names of classes. */
export type NameRules = readonly (readonly [substring: string, kind: ComponentKind])[];

/** Values of attributes that say what a span is, in the order in which they are asked. */
const BY_ATTRIBUTE: readonly (readonly [name: string, kinds: Readonly<Record<string, ComponentKind>>])[] = [
  [
    // OpenTelemetry GenAI
    "gen_ai.operation.name",
    {
      chat: "llm",
      text_completion: "llm",
      generate_content: "llm",
      execute_tool: "tool",
      retrieval: "retrieval",
      vector_db_retrieve: "retrieval",
      invoke_agent: "agent",
      invoke_workflow: "agent",
      create_agent: "setup",
      embeddings: "setup",
      rerank: "setup",
      // A node of a graph, as LangGraph's instrumentation tells it.
      execute_task: "other",
      completion: "llm",
      responses: "llm",
    },
  ],
  [
    "openinference.span.kind",
    {
      LLM: "llm",
      TOOL: "tool",
      RETRIEVER: "retrieval",
      AGENT: "agent",
      CHAIN: "agent",
      EMBEDDING: "setup",
      RERANKER: "other",
      GUARDRAIL: "other",
      EVALUATOR: "other",
      PROMPT: "other",
    },
  ],
  // OpenLLMetry
  ["traceloop.span.kind", { workflow: "agent", agent: "agent", tool: "tool", task: "other" }],
  ["llm.request.type", { chat: "llm", completion: "llm", embedding: "setup", rerank: "setup" }],
  [
    // Vercel AI SDK; only `do*` spans are calls, those around them sum them up
    "ai.operationId",
    {
      "ai.generateText": "agent",
      "ai.streamText": "agent",
      "ai.generateObject": "agent",
      "ai.streamObject": "agent",
      "ai.generateText.doGenerate": "llm",
      "ai.streamText.doStream": "llm",
      "ai.generateObject.doGenerate": "llm",
      "ai.streamObject.doStream": "llm",
      "ai.toolCall": "tool",
      "ai.embed": "setup",
      "ai.embed.doEmbed": "setup",
      "ai.embedMany": "setup",
      "ai.embedMany.doEmbed": "setup",
    },
  ],
];

/** Haystack and Hayhooks say with the span's name what their attributes mean. */
const BY_NAME: ReadonlyMap<string, ComponentKind> = new Map([
  ["haystack.pipeline.run", "agent"],
  ["haystack.async_pipeline.run", "agent"],
  ["haystack.agent.run", "agent"],
  ["haystack.agent.step", "other"],
  ["haystack.agent.hook", "other"],
  ["haystack.agent.hook.human_in_the_loop.strategy", "other"],
  ["haystack.agent.step.llm", "llm"],
  ["haystack.agent.step.tool", "tool"],
  ["haystack.chat_generator.run", "llm"],
  ["haystack.tracing.auto_enable", "setup"],
  ["anthropic.messages.count_tokens", "setup"],
  ["anthropic.sessions.create", "setup"],
  ["hayhooks.pipeline.run", "agent"],
  ["hayhooks.openai.run", "agent"],
  ["hayhooks.mcp.run_pipeline_tool", "agent"],
  ["hayhooks.a2a.run_agent", "agent"],
  ["hayhooks.durable.attempt", "agent"],
  ["hayhooks.mcp.call_tool", "other"],
  ["hayhooks.mcp.list_tools", "setup"],
  ["hayhooks.openai.file_upload", "setup"],
  ["hayhooks.pipeline.undeploy", "deploy"],
  // All pipelines at once; each has a deployment of its own in it.
  ["hayhooks.pipeline.startup.deploy", "setup"],
]);
const DEPLOY = "hayhooks.pipeline.deploy";
const COMPONENT = "haystack.component.run";

/** Lists of class names as Haystack uses them; the first substring that occurs counts. */
const CLASS_NAMES: NameRules = [
  ...["Agent", "Pipeline"].map((name) => [name, "other"] as const),
  ...["Builder", "Converter", "Adapter", "Joiner", "Writer"].map((name) => [name, "other"] as const),
  ...["Extractor", "Router", "Classifier"].map((name) => [name, "other"] as const),
  ...["Generator", "LLM", "ChatModel"].map((name) => [name, "llm"] as const),
  ["Retriever", "retrieval"],
  ...["ToolInvoker", "ComponentTool", "SuperComponent"].map((name) => [name, "tool"] as const),
];
/** A first word of these names something of another kind than the class that follows it. */
const OTHER_WORDS = /^(?:execute_task|create_agent|embeddings?|CreateEmbeddings)\b/;

/**
 * Says what a span is: by the attributes that say so, then by what it carries, then by the name of its class.
 *
 * @param rules substrings given by the user; asked before the built-in ones, after the attributes
 */
export function classify(span: Span, rules: NameRules = []): ComponentKind {
  const { attributes, name } = span;
  for (const [attribute, kinds] of BY_ATTRIBUTE) {
    const value = attributes.get(attribute);
    if (typeof value === "string" && Object.hasOwn(kinds, value)) return kinds[value] ?? "other";
  }
  // An operation this table does not know (plan, memory …) is no call, although it may name a model.
  if (attributes.has("gen_ai.operation.name")) return ruleFor(name, rules) ?? "unknown";
  const named = BY_NAME.get(name);
  if (named !== undefined) return named;
  if (name.startsWith(DEPLOY)) return "deploy";
  if (name === COMPONENT) {
    return byClassName(className(span), rules);
  }
  if (attributes.has("gen_ai.request.model") || attributes.has("gen_ai.response.model")) {
    return /embed/i.test(name) ? "setup" : "llm";
  }
  if (attributes.has("gen_ai.tool.name")) return "tool";
  if (isServer(span)) return "transport";
  if (OTHER_WORDS.test(name)) return "setup";
  const kind = byClassName(name, rules);
  return kind === "unknown" && isHttpClient(span) ? "other" : kind;
}

/** The name by which a span of no known operation is classified: Haystack names the class of a component apart. */
export function className({ name, attributes }: Span): string {
  const type = name === COMPONENT ? attributes.get("haystack.component.type") : name;
  return typeof type === "string" ? type : "";
}

function byClassName(name: string, rules: NameRules): ComponentKind {
  return ruleFor(name, rules) ?? ruleFor(name, CLASS_NAMES) ?? "unknown";
}

function ruleFor(name: string, rules: NameRules): ComponentKind | undefined {
  return rules.find(([substring]) => name.includes(substring))?.[1];
}

/** A request that the agent made, as the instrumentations of HTTP clients tell it. */
function isHttpClient({ kind, attributes }: Span): boolean {
  return kind === SPAN_KIND.client && (attributes.has("http.request.method") || attributes.has("http.method"));
}

function isServer({ kind, attributes, name }: Span): boolean {
  if (kind === SPAN_KIND.server) return true;
  // Starlette's instrumentation writes internal spans for the pieces of a request.
  return attributes.has("asgi.event.type") || /\bhttp (?:send|receive)$/.test(name);
}
