import { FACT_FIELDS, FACT_NAMES, type FactName, type Facts } from "../../core/facts/facts";
import { FAILURE_TYPES, type FailureType, severityRank } from "../../core/wire";
import { factValue, NO_DATA } from "../../core/words";
import type { ListedSignal } from "../../logql/ask";

/** A fact that two runs do not agree on. */
export interface DifferentFact {
  readonly name: FactName;
  readonly meaning: string;
  readonly a: string;
  readonly b: string;
}

export function differentFacts(a: Facts, b: Facts): readonly DifferentFact[] {
  return FACT_NAMES.filter((name) => a[name] !== b[name]).map((name) => ({
    name,
    meaning: FACT_FIELDS[name].description,
    a: textOf(name, a[name]),
    b: textOf(name, b[name]),
  }));
}

const textOf = (name: FactName, value: number | string | undefined): string =>
  value === undefined ? NO_DATA : factValue(name, value);

/** A failure type that one of two runs has, or both. */
export interface ComparedSignal<S> {
  readonly failure_type: FailureType;
  readonly a: S | undefined;
  readonly b: S | undefined;
}

/** The signals of two runs by type, worst first. */
export function comparedSignals<S extends Pick<ListedSignal, "failure_type" | "severity">>(
  a: readonly S[],
  b: readonly S[],
): readonly ComparedSignal<S>[] {
  const of = (signals: readonly S[], type: FailureType) => signals.find(({ failure_type }) => failure_type === type);
  const rank = ({ a: one, b: other }: ComparedSignal<S>): number =>
    Math.max(...[one, other].map((signal) => (signal === undefined ? -1 : severityRank(signal.severity))));
  return FAILURE_TYPES.map((failure_type) => ({ failure_type, a: of(a, failure_type), b: of(b, failure_type) }))
    .filter((row) => row.a !== undefined || row.b !== undefined)
    .sort((one, other) => rank(other) - rank(one));
}
