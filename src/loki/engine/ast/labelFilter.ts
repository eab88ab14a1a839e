import type { Matcher } from "../../../logql/api";

export type Comparison = ">" | ">=" | "<" | "<=" | "==" | "!=";

/** A label compared with a text. */
export interface TextFilter {
  readonly kind: "text";
  readonly matcher: Matcher;
}

/** A label compared with a number; durations in nanoseconds. */
export interface AmountFilter {
  readonly kind: "number" | "duration" | "bytes";
  readonly name: string;
  readonly op: Comparison;
  readonly value: number;
}

export interface JoinedFilter {
  readonly kind: "and" | "or";
  readonly left: LabelFilter;
  readonly right: LabelFilter;
}

export type LabelFilter = TextFilter | AmountFilter | JoinedFilter;

/** Names of all labels that a filter looks at. */
export function namesOf(filter: LabelFilter): string[] {
  switch (filter.kind) {
    case "text":
      return [filter.matcher.name];
    case "and":
    case "or":
      return [...namesOf(filter.left), ...namesOf(filter.right)];
    default:
      return [filter.name];
  }
}
