import { cutName } from "../../core/wire";
import type { Span } from "../otlp/span";
import { classify, className } from "./classify";
import type { Component } from "./component";
import { errorOf, hasFailed } from "./errors";
import { hintsOf } from "./hints";
import { llmOf } from "./llm";
import { textIn } from "./lookup";
import type { DialectOptions } from "./options";
import { retrievalOf } from "./retrieval";
import { toolsOf } from "./tool";

export type { NameRules } from "./classify";
export type { Component, LlmSpan, SpanError } from "./component";
export { ATTRIBUTES } from "./names";
export type { DialectOptions } from "./options";

/**
 * Reads one span of any dialect. What it returns holds no content, unless capture is full, and is small: spans may wait
 * for the rest of their trace.
 *
 * @example
 * const component = componentOf(span, { content: new Content("hash", nodeHash(), "sha256") });
 * if (component.kind === "llm") component.llm.answer.prompt_tokens;
 */
export function componentOf(span: Span, options: DialectOptions): Component {
  const { content } = options;
  const kind = classify(span, options.classify);
  const failed = hasFailed(span);
  const error = failed ? errorOf(span, content) : undefined;
  const { traceId, spanId, parentSpanId, parentIsRemote, start, end } = span;
  const name = cutName(span.name === "" ? "unnamed" : span.name);
  const hints = hintsOf(span, kind, options);
  const told = { traceId, spanId, parentSpanId, parentIsRemote, name, start, end, failed, error, hints };
  // Spreading an object with times in it costs a µs: V8 copies them one by one.
  switch (kind) {
    case "llm":
      return Object.assign(told, { kind, llm: llmOf(span, content, error) });
    case "tool":
      return Object.assign(told, { kind, uses: toolsOf(span, content, error) });
    case "retrieval":
      return Object.assign(told, { kind, retrieval: retrievalOf(span, content, error) });
    case "deploy":
      return Object.assign(told, { kind, deploy: deployOf(span, failed) });
    default:
      return Object.assign(told, { kind, label: labelOf(span), type: typeOf(span) });
  }
}

function labelOf({ attributes }: Span): string | undefined {
  const label = textIn(attributes, ["haystack.component.name", "traceloop.entity.name", "graph.node.name"]);
  return label === undefined ? undefined : cutName(label);
}

function typeOf(span: Span): string | undefined {
  const type = className(span);
  return type === "" || type === span.name ? undefined : cutName(type);
}

function deployOf(
  { name, attributes, resource }: Span,
  failed: boolean,
): Extract<Component, { kind: "deploy" }>["deploy"] {
  const version =
    textIn(attributes, ["dunetrace.agent_version"]) ?? textIn(resource, ["dunetrace.agent_version", "service.version"]);
  const environment = textIn(resource, ["deployment.environment.name", "deployment.environment"]);
  const action = name.includes("undeploy") ? "undeploy" : "deploy";
  return { version: version ?? "unknown", environment, meta: { action, success: !failed } };
}
