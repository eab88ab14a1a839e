import { type Comparison, FACT_NAMES, type FactCondition, type FactName, type NumericFact } from "../../core";
import { FACT_FIELDS } from "../../core/facts/facts";

/** One label filter. Texts are compared as they stand, lists by whether the label is one of them. */
export type Literal =
  | { readonly kind: "text"; readonly label: string; readonly is: boolean; readonly value: string }
  | { readonly kind: "list"; readonly label: string; readonly is: boolean; readonly values: readonly string[] }
  | { readonly kind: "number"; readonly label: string; readonly op: Comparison; readonly value: number };

/** Literals of which one must hold: one stage of a pipeline. */
export type Clause = readonly Literal[];

/** A label that a template computes: "1" where `fact / limit` outweighs `other / otherLimit`. */
export interface Weighing {
  readonly label: string;
  readonly fact: NumericFact;
  readonly limit: number;
  readonly other: NumericFact;
  readonly otherLimit: number;
  readonly orEqual: boolean;
}

export const EXIT_LABEL = "f_exit_reason";
/** Of the stream, not parsed. */
const EVENT_LABEL = "event_type";

function isNumeric(fact: FactName): fact is NumericFact {
  return FACT_FIELDS[fact].kind !== "string";
}

/** The facts that a filter may compare. */
export const NUMERIC_FACTS: readonly NumericFact[] = FACT_NAMES.filter(isNumeric);

/** The private alias of a fact: Loki renames what clashes with a label. */
export function factLabel(fact: NumericFact): string {
  return `f_${fact}`;
}

export function weighingOf(condition: Extract<FactCondition, { kind: "outweighs" }>): Weighing {
  const { fact, limit, other, otherLimit, orEqual } = condition;
  const limits = `${limit}_${otherLimit}`.replace(/[^0-9_]/g, "_");
  return { label: `w_${fact}_${other}_${limits}`, fact, limit, other, otherLimit, orEqual };
}

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = { ">=": "<", ">": "<=", "<=": ">", "<": ">=" };

/**
 * A condition as clauses that must all hold. In every clause a number filter stands behind a filter for the empty label,
 * because a number filter on an empty label neither holds nor fails: it keeps the line with an error.
 *
 * @example clausesOf(atLeast("steps", 3)) // f_steps != "" and (f_steps = "" or f_steps >= 3)
 */
export function clausesOf(condition: FactCondition, holds = true): Clause[] {
  switch (condition.kind) {
    case "always":
      return holds ? [] : [[]];
    case "never":
      return holds ? [[]] : [];
    case "all":
    case "any": {
      const parts = condition.of.map((part) => clausesOf(part, holds));
      return (condition.kind === "all") === holds ? shortened(parts.flat()) : parts.reduce(eitherOf, [[]]);
    }
    case "not":
      return clausesOf(condition.of, !holds);
    case "known":
      return [[empty(factLabel(condition.fact), !holds)]];
    case "compare": {
      const label = factLabel(condition.fact);
      const op = holds ? condition.op : OPPOSITE[condition.op];
      const compared: Clause = [empty(label, true), { kind: "number", label, op, value: condition.value }];
      return holds ? [[empty(label, false)], compared] : [compared];
    }
    case "exit_reason":
      return [[{ kind: "text", label: EXIT_LABEL, is: holds, value: condition.is }]];
    case "ended":
      return [[{ kind: "text", label: EVENT_LABEL, is: holds, value: condition.by }]];
    case "outweighs":
      return [[{ kind: "text", label: weighingOf(condition).label, is: holds, value: "1" }]];
  }
}

function empty(label: string, is: boolean): Literal {
  return { kind: "text", label, is, value: "" };
}

/** All of the one or all of the other: every clause of one with every clause of the other. */
function eitherOf(one: readonly Clause[], other: readonly Clause[]): Clause[] {
  return shortened(one.flatMap((clause) => other.map((more) => [...clause, ...more])));
}

/** Without repeated literals, and without clauses that say nothing or what others say already. */
function shortened(clauses: readonly Clause[]): Clause[] {
  return withoutWeaker(clauses.map(distinct).filter((clause) => !isTautology(clause)));
}

/**
 * Fewer and shorter clauses that say the same: a literal that must hold by itself settles the clauses with its opposite.
 * Only for clauses that become stages as they are: one that must hold by itself guards the others no longer once it is
 * one of several.
 */
export function simplified(clauses: readonly Clause[]): Clause[] {
  let current = shortened(clauses);
  for (;;) {
    const settled = new Set(current.flatMap((clause) => (clause.length === 1 ? clause.map(keyOf) : [])));
    const next = shortened(
      current.map((clause) =>
        clause.length === 1 ? clause : clause.filter((literal) => !settled.has(keyOf(opposite(literal)))),
      ),
    );
    if (keysOf(next) === keysOf(current)) return next;
    current = next;
  }
}

function keysOf(clauses: readonly Clause[]): string {
  return JSON.stringify(clauses);
}

function keyOf(literal: Literal): string {
  return JSON.stringify(literal);
}

function opposite(literal: Literal): Literal {
  return literal.kind === "number" ? { ...literal, op: OPPOSITE[literal.op] } : { ...literal, is: !literal.is };
}

function distinct(clause: Clause): Clause {
  return [...new Map(clause.map((literal) => [keyOf(literal), literal])).values()];
}

/** Holds for every line: the label is empty or it is not. */
function isTautology(clause: Clause): boolean {
  const keys = new Set(clause.map(keyOf));
  return clause.some((literal) => literal.kind !== "number" && keys.has(keyOf(opposite(literal))));
}

/** Without clauses that hold wherever another one does; of equal ones the first stays. */
function withoutWeaker(clauses: readonly Clause[]): Clause[] {
  const sets = clauses.map((clause) => new Set(clause.map(keyOf)));
  return clauses.filter((_clause, index) => {
    const own = sets[index] ?? new Set();
    return !sets.some(
      (set, other) =>
        other !== index &&
        (set.size < own.size || (set.size === own.size && other < index)) &&
        [...set].every((key) => own.has(key)),
    );
  });
}
