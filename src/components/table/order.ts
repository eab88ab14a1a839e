import { compare } from "../../core/words";
import type { Column } from "./columns";

/** What rows are sorted by. */
export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** Reads `-failed` or `agent`; undefined for a column that cannot be sorted by. */
export function parseOrder(
  text: string | undefined,
  columns: readonly Pick<Column<never>, "id" | "sortBy">[],
): Order | undefined {
  if (text === undefined) return undefined;
  const descending = text.startsWith("-");
  const column = descending ? text.slice(1) : text;
  return columns.some(({ id, sortBy }) => id === column && sortBy !== undefined) ? { column, descending } : undefined;
}

export const orderText = ({ column, descending }: Order): string => `${descending ? "-" : ""}${column}`;

/** The order after a click on a head: numbers begin with the most, then it turns round. */
export function nextOrder(current: Order | undefined, column: string): Order {
  return current?.column === column ? { column, descending: !current.descending } : { column, descending: true };
}

/** Sorts by a column; rows alike keep their order, rows without a value come last. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Pick<Column<Row>, "id" | "sortBy">[],
  order: Order | undefined,
): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === order?.column)?.sortBy;
  if (order === undefined || sortBy === undefined) return rows;
  const keyed = rows.map((row) => ({ row, key: sortBy(row) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
    return (order.descending ? -1 : 1) * compareKeys(a.key, b.key);
  });
  return keyed.map(({ row }) => row);
}

function compareKeys(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number" ? compare(a, b) : compare(String(a), String(b));
}
