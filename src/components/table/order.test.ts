import { describe, expect, it } from "vitest";
import { nextOrder, orderText, parseOrder, sortRows } from "./order";

interface Row {
  readonly name: string;
  readonly cost?: number;
}
const columns = [
  { id: "name", sortBy: ({ name }: Row) => name },
  { id: "cost", sortBy: ({ cost }: Row) => cost },
  { id: "plain" },
];
const rows: Row[] = [{ name: "b", cost: 1 }, { name: "c" }, { name: "a", cost: 3 }, { name: "d", cost: 1 }];
const names = (sorted: readonly Row[]): string => sorted.map(({ name }) => name).join("");

describe("sortRows", () => {
  it("sorts by the key of the column, alike rows as they were", () => {
    expect(names(sortRows(rows, columns, { column: "name", descending: false }))).toBe("abcd");
    expect(names(sortRows(rows, columns, { column: "cost", descending: true }))).toBe("abdc");
  });

  it("puts rows without a value last either way", () => {
    expect(names(sortRows(rows, columns, { column: "cost", descending: false }))).toBe("bdac");
  });

  it("leaves them alone without an order, and by a column that has none", () => {
    expect(sortRows(rows, columns, undefined)).toBe(rows);
    expect(sortRows(rows, columns, { column: "plain", descending: true })).toBe(rows);
  });
});

describe("orders in addresses", () => {
  it("reads what it writes", () => {
    for (const order of [
      { column: "cost", descending: true },
      { column: "name", descending: false },
    ]) {
      expect(parseOrder(orderText(order), columns)).toEqual(order);
    }
  });

  it("reads nothing else", () => {
    for (const text of [undefined, "", "-", "plain", "nothing", "--cost"]) {
      expect(parseOrder(text, columns)).toBeUndefined();
    }
  });

  it("turns round at the second click", () => {
    expect(nextOrder(undefined, "cost")).toEqual({ column: "cost", descending: true });
    expect(nextOrder({ column: "cost", descending: true }, "cost")).toEqual({ column: "cost", descending: false });
    expect(nextOrder({ column: "cost", descending: false }, "name")).toEqual({ column: "name", descending: true });
  });
});
