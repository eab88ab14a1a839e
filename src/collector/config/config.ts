import * as v from "valibot";
import { agentIdOf, CAPTURE_MODES } from "../../core/wire";
import { type AgentRule, patternOf } from "./agentRules";

/** What a collector.yml says; every part may be left out. Its shape is in schema/collector.schema.json. */
export interface CollectorConfig {
  readonly agents: readonly AgentRule[];
  /** Substrings of span names with what such a span is. */
  readonly classify: readonly (readonly [substring: string, kind: ClassifiedKind])[];
  readonly excludeSpans: readonly string[];
  readonly innerSpans: boolean | undefined;
  readonly capture: (typeof CAPTURE_MODES)[number] | undefined;
  readonly graceMs: number | undefined;
  readonly idleMs: number | undefined;
  readonly forward: string | undefined;
  readonly maxBodyBytes: number | undefined;
  readonly maxRequestsPerSecond: number | undefined;
  readonly maxTraces: number | undefined;
  readonly maxSpansPerTrace: number | undefined;
}

export const CLASSIFIED_KINDS = ["llm", "tool", "retrieval", "agent", "setup", "other"] as const;
export type ClassifiedKind = (typeof CLASSIFIED_KINDS)[number];

/** A collector.yml that cannot be used; the message names the file, the key and what is expected. */
export class CollectorConfigError extends Error {
  override readonly name = "CollectorConfigError";
}

const text = v.pipe(v.string(), v.nonEmpty("Expected a text that is not empty"));
const texts = v.array(text);
const wholeFrom = (least: number) =>
  v.pipe(v.number(), v.integer("Expected a whole number"), v.minValue(least, `Expected a number from ${least}`));
const httpUrl = v.pipe(v.string(), v.regex(/^https?:\/\/[^\s/]+/, "Expected an http or https URL"));
const MATCH = v.pipe(
  v.record(text, v.union([text, v.number()])),
  v.check((match) => Object.keys(match).length > 0, "Expected at least one attribute, such as service.name"),
);
const KINDS = v.strictObject({
  llm: v.optional(texts),
  tool: v.optional(texts),
  retrieval: v.optional(texts),
  agent: v.optional(texts),
  setup: v.optional(texts),
  other: v.optional(texts),
});
const SCHEMA = v.strictObject({
  agents: v.optional(
    v.array(
      v.strictObject({ match: MATCH, agent_id: text, agent_version: v.optional(text), tools: v.optional(texts) }),
    ),
    [],
  ),
  classify: v.optional(KINDS, {}),
  exclude_spans: v.optional(texts, []),
  inner_spans: v.optional(v.boolean()),
  capture: v.optional(v.picklist(CAPTURE_MODES)),
  grace_ms: v.optional(wholeFrom(0)),
  idle_ms: v.optional(wholeFrom(1)),
  forward: v.optional(httpUrl),
  max_body_bytes: v.optional(wholeFrom(1024)),
  max_requests_per_second: v.optional(wholeFrom(1)),
  max_traces: v.optional(wholeFrom(1)),
  max_spans_per_trace: v.optional(wholeFrom(1)),
});

/**
 * Reads a collector.yml.
 *
 * @param document its content, parsed as YAML; an empty one stands for the defaults
 * @param source its name, for messages
 * @throws CollectorConfigError
 * @example
 * parseCollectorConfig({ agents: [{ match: { "service.name": "rag-*" }, agent_id: "rag" }] }, "collector.yml");
 */
export function parseCollectorConfig(document: unknown, source: string): CollectorConfig {
  if (Array.isArray(document))
    throw new CollectorConfigError(`${source}: the document is a list; expected keys such as "agents".`);
  const read = v.safeParse(SCHEMA, document ?? {});
  if (!read.success) throw new CollectorConfigError(problemOf(read.issues[0], source));
  const config = read.output;
  return {
    agents: config.agents.map(({ match, agent_id, ...rest }) => ({
      ...rest,
      agent_id: agentIdOf(agent_id),
      match: Object.entries(match).map(([attribute, pattern]) => ({ attribute, pattern: patternOf(String(pattern)) })),
    })),
    classify: CLASSIFIED_KINDS.flatMap((kind) => (config.classify[kind] ?? []).map((name) => [name, kind] as const)),
    excludeSpans: config.exclude_spans,
    innerSpans: config.inner_spans,
    capture: config.capture,
    graceMs: config.grace_ms,
    idleMs: config.idle_ms,
    forward: config.forward,
    maxBodyBytes: config.max_body_bytes,
    maxRequestsPerSecond: config.max_requests_per_second,
    maxTraces: config.max_traces,
    maxSpansPerTrace: config.max_spans_per_trace,
  };
}

function problemOf(issue: v.BaseIssue<unknown>, source: string): string {
  const path = (issue.path ?? []).map(({ key }) => String(key)).join(".");
  const known = issue.type === "strict_object" && issue.expected === "never";
  const what = known ? "is no known key" : issue.message.replace(/^Invalid (type|key): /, "");
  return `${source}: ${path === "" ? "the document" : `"${path}"`} ${known ? what : `is not valid: ${what}`}.`;
}
