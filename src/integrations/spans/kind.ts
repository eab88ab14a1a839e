import type { SpanView } from "./span";

/** What a span is: a call, the frame of an agent, or nothing that a run is made of. */
export type SpanKind = "llm" | "tool" | "retrieval" | "agent" | "other";

const OPERATIONS: ReadonlyMap<unknown, SpanKind> = new Map<string, SpanKind>([
  ["chat", "llm"],
  ["text_completion", "llm"],
  ["generate_content", "llm"],
  ["execute_tool", "tool"],
  ["retrieval", "retrieval"],
  ["vector_db_retrieve", "retrieval"],
  ["invoke_agent", "agent"],
  ["invoke_workflow", "agent"],
]);
const OPENINFERENCE: ReadonlyMap<unknown, SpanKind> = new Map<string, SpanKind>([
  ["LLM", "llm"],
  ["TOOL", "tool"],
  ["RETRIEVER", "retrieval"],
  ["AGENT", "agent"],
]);
const TRACELOOP: ReadonlyMap<unknown, SpanKind> = new Map<string, SpanKind>([
  ["tool", "tool"],
  ["agent", "agent"],
  ["workflow", "agent"],
]);
const VERCEL_CALL = /^ai\.(generate|stream)(Text|Object)\.do(Generate|Stream)$/;
const VERCEL_RUN = /^ai\.(generate|stream)(Text|Object)$/;

/** Whether a span of the AI SDK is a run: `generateText()`, `streamText()` and their siblings for objects. */
export function isVercelRun(name: string): boolean {
  return VERCEL_RUN.test(name);
}

/** Classifies by attributes first, of which some come only with the end of the span, then by name. */
export function kindOf({ name, attributes }: Pick<SpanView, "name" | "attributes">): SpanKind {
  const operation = attributes["gen_ai.operation.name"];
  if (typeof operation === "string") return OPERATIONS.get(operation) ?? "other";
  const kind = attributes["openinference.span.kind"];
  if (typeof kind === "string") return OPENINFERENCE.get(kind.toUpperCase()) ?? "other";
  const vercel = attributes["ai.operationId"] ?? (name.startsWith("ai.") ? name : undefined);
  if (typeof vercel === "string") {
    if (VERCEL_CALL.test(vercel)) return "llm";
    return vercel === "ai.toolCall" ? "tool" : isVercelRun(vercel) ? "agent" : "other";
  }
  const traceloop = attributes["traceloop.span.kind"];
  if (typeof traceloop === "string") return TRACELOOP.get(traceloop) ?? "other";
  const request = attributes["llm.request.type"];
  if (request === "chat" || request === "completion") return "llm";
  if (typeof attributes["gen_ai.tool.name"] === "string") return "tool";
  return typeof attributes["gen_ai.request.model"] === "string" ? "llm" : "other";
}
