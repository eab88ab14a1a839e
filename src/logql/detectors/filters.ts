import type { Comparison, NumericFact } from "../../core";
import { anyOf, type Condition, is, isNot, isOneOf, numberText, quoted, type Stage, where } from "../builders";
import { regexOfAny } from "../builders/compose/escape";
import { labelName } from "../builders/compose/selector";
import { type Clause, factLabel, type Literal, type Weighing } from "./clauses";

function filterOf(literal: Literal): Condition {
  const { label } = literal;
  switch (literal.kind) {
    case "text":
      return literal.is ? is(label, literal.value) : isNot(label, literal.value);
    case "list":
      return literal.is ? isOneOf(label, literal.values) : isNoneOf(label, literal.values);
    case "number":
      return compares(label, literal.op, literal.value);
  }
}

function isNoneOf(label: string, values: readonly string[]): Condition {
  const [first, ...more] = values;
  if (first !== undefined && more.length === 0) return isNot(label, first);
  return matchesNot(label, regexOfAny(values));
}

/** The whole label does not match a regular expression of RE2, whose parts the caller has escaped with `regexOf`. */
export function matchesNot(label: string, regex: string): Condition {
  return `${labelName(label)}!~${quoted(regex)}` as Condition;
}

export function compares(label: string, op: Comparison, value: number): Condition {
  return `${labelName(label)} ${op} ${numberText(value)}` as Condition;
}

/**
 * Clauses as stages, each a filter of its own.
 *
 * @param clauses none of them empty
 */
export function stagesOf(clauses: readonly Clause[]): readonly Stage[] {
  return inOrder(clauses).map((clause) => where(anyOf(clause.map(filterOf))));
}

/**
 * Clauses and literals in the order in which Loki has to look at them: texts come first, among the clauses and within
 * each, because they decide whether there is a number to compare with.
 */
export function inOrder(clauses: readonly Clause[]): Clause[] {
  const ordered = clauses.map((clause) => [...clause].sort(byKind));
  return ordered.sort((a, b) => Number(hasNumber(a)) - Number(hasNumber(b)));
}

function byKind(a: Literal, b: Literal): number {
  return Number(a.kind === "number") - Number(b.kind === "number");
}

function hasNumber(clause: Clause): boolean {
  return clause.some(({ kind }) => kind === "number");
}

/** A label computed from two facts. Loki counts a missing fact as 0; other stores may not know `label_format`. */
export function weighingStage({ label, fact, limit, other, otherLimit, orEqual }: Weighing): Stage {
  const share = (of: NumericFact, by: number): string => `(divf (default 0 .${factLabel(of)}) ${numberText(by)})`;
  const template = `{{ if ${orEqual ? "ge" : "gt"} ${share(fact, limit)} ${share(other, otherLimit)} }}1{{ end }}`;
  return `| label_format ${labelName(label)}=${quoted(template)}` as Stage;
}
