import type { FactCondition } from "../../../src/core";

const SIGN = { ">=": "≥", ">": ">", "<=": "≤", "<": "<" } as const;
const OPPOSITE = { ">=": "<", ">": "≤", "<=": ">", "<": "≥" } as const;

/** A condition on the facts of a run as a person reads it, in Markdown. */
export function conditionText(condition: FactCondition): string {
  return text(condition, false, false);
}

/** @param inner inside of another one, where what has parts needs brackets */
function text(condition: FactCondition, negated: boolean, inner: boolean): string {
  switch (condition.kind) {
    case "always":
    case "never":
      return (condition.kind === "always") === negated ? "never" : "always";
    case "not":
      return text(condition.of, !negated, inner);
    case "known":
      return `\`${condition.fact}\` is ${negated ? "not " : ""}known`;
    case "compare":
      return `\`${condition.fact} ${(negated ? OPPOSITE : SIGN)[condition.op]} ${condition.value}\``;
    case "exit_reason":
      return `\`exit_reason\` is ${negated ? "not " : ""}\`${condition.is}\``;
    case "ended":
      return `${negated ? "not " : ""}ended by \`${condition.by}\``;
    case "outweighs": {
      const { fact, limit, other, otherLimit, orEqual } = condition;
      const sign = orEqual ? "≥" : ">";
      return `${negated ? "not " : ""}\`${fact} / ${limit} ${sign} ${other} / ${otherLimit}\``;
    }
    case "all":
    case "any": {
      const parts = flattened(condition.of, condition.kind).map((part) => text(part, negated, true));
      const joined = [...new Set(parts)].join((condition.kind === "all") === negated ? " or " : " and ");
      return inner && parts.length > 1 ? `(${joined})` : joined;
    }
  }
}

/** Parts of parts of the same kind, without those that say nothing. */
function flattened(of: readonly FactCondition[], kind: "all" | "any"): FactCondition[] {
  const neutral = kind === "all" ? "always" : "never";
  return of.flatMap((part) => (part.kind === kind ? flattened(part.of, kind) : part.kind === neutral ? [] : [part]));
}
