import type { FactEvent } from "../../src/core/facts/event";
import { FACT_NAMES, type FactName, type Facts } from "../../src/core/facts/facts";
import { formatMicros } from "../../src/core/wire/time";

interface Difference {
  readonly fact: FactName;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Facts on which two sides differ; an absent fact and an undefined one are the same. */
export function differencesOf(expected: Partial<Facts>, got: Partial<Facts>): Difference[] {
  return FACT_NAMES.filter((fact) => !Object.is(expected[fact], got[fact])).map((fact) => ({
    fact,
    expected: expected[fact],
    got: got[fact],
  }));
}

/** A list of events, one per line, short enough to be read. */
export function showEvents(events: readonly FactEvent[]): string {
  return events
    .map(({ event_type, step_index, payload, time, schema, call_id }) =>
      JSON.stringify({ ts: formatMicros(time), event_type, step_index, payload, schema, call_id }),
    )
    .join("\n");
}

export function showDifferences(differences: readonly Difference[]): string {
  return differences
    .map(({ fact, expected, got }) => `${fact}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`)
    .join("\n");
}
