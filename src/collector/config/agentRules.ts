import type { Attributes } from "../otlp/span";

/** Which traces are of which agent: the first rule that matches a span or its resource names it. */
export interface AgentRule {
  /** Attributes with patterns, in which `*` stands for any text; all must match. */
  readonly match: readonly { readonly attribute: string; readonly pattern: RegExp }[];
  readonly agent_id: string;
  readonly agent_version?: string | undefined;
  /** Names of the tools the agent may call. */
  readonly tools?: readonly string[] | undefined;
}

/** Matches a whole text; `*` stands for any part of it, also an empty one. */
export function patternOf(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`, "u");
}

function matches(value: unknown, pattern: RegExp): boolean {
  return (typeof value === "string" || typeof value === "number") && pattern.test(String(value));
}

/** The rule for a span, undefined where none matches. */
export function ruleFor(
  rules: readonly AgentRule[],
  attributes: Attributes,
  resource: Attributes,
): AgentRule | undefined {
  return rules.find(({ match }) =>
    match.every(({ attribute, pattern }) => matches(attributes.get(attribute) ?? resource.get(attribute), pattern)),
  );
}
