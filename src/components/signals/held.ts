/** Rows that stay where they are while somebody reads them. */
export interface Held<Row> {
  readonly rows: readonly Row[];
  /** Rows that are there and not shown yet. */
  readonly waiting: number;
}

/**
 * What to show of a newer list. While it is held the rows on screen keep their places and show their newest state, rows
 * that come after all of them are appended, and those that would move them wait; otherwise the newer list is shown as it is.
 */
export function holdRows<Row>(
  shown: readonly Row[] | undefined,
  newer: readonly Row[],
  keyOf: (row: Row) => string,
  isHeld: boolean,
): Held<Row> {
  if (shown === undefined || !isHeld) return { rows: newer, waiting: 0 };
  const keys = new Set(shown.map(keyOf));
  const byKey = new Map(newer.map((row) => [keyOf(row), row]));
  const rows = shown.map((row) => byKey.get(keyOf(row)) ?? row);
  const last = newer.findLastIndex((row) => keys.has(keyOf(row)));
  const below = last < 0 ? [] : newer.slice(last + 1);
  const waiting = newer.filter((row) => !keys.has(keyOf(row))).length - below.length;
  return { rows: [...rows, ...below], waiting };
}
