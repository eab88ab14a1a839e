import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CELL_PADDING, fittingColumns, tracksOf } from "./columns";

const column = (id: string, width: number, priority?: number) => ({ id, width, priority });

describe("fittingColumns", () => {
  const columns = [column("status", 80), column("agent", 120, 1), column("tokens", 60, 3), column("cost", 60, 2)];
  const whole = 320 + 4 * CELL_PADDING;

  it("keeps all that fit", () => {
    expect(fittingColumns(columns, whole)).toEqual(columns);
  });

  it("drops the least important first, in the order of the columns otherwise", () => {
    expect(fittingColumns(columns, whole - 1).map(({ id }) => id)).toEqual(["status", "agent", "cost"]);
    expect(fittingColumns(columns, whole - 100).map(({ id }) => id)).toEqual(["status", "agent"]);
  });

  it("of equal ones drops the last", () => {
    const alike = [column("a", 50, 1), column("b", 50, 1)];
    expect(fittingColumns(alike, 100).map(({ id }) => id)).toEqual(["a"]);
  });

  it("never drops one without a priority", () => {
    expect(fittingColumns(columns, 0).map(({ id }) => id)).toEqual(["status"]);
  });

  it("shows no fewer columns in more room", () => {
    const any = fc.array(fc.record({ width: fc.nat(200), priority: fc.option(fc.nat(4), { nil: undefined }) }));
    fc.assert(
      fc.property(any, fc.nat(1000), fc.nat(1000), (parts, width, more) => {
        const made = parts.map((part, index) => ({ id: String(index), ...part }));
        const narrow = fittingColumns(made, width);
        const wide = fittingColumns(made, width + more);
        expect(narrow.every((part) => wide.includes(part))).toBe(true);
      }),
    );
  });
});

describe("tracksOf", () => {
  it("shares what is left among the columns that grow", () => {
    expect(
      tracksOf(
        [
          { id: "a", width: 80 },
          { id: "b", width: 100, grow: 2 },
        ],
        false,
      ),
    ).toBe("92px minmax(112px, 2fr)");
  });

  it("gives it to the last one where none grows, and makes room for ticks", () => {
    expect(tracksOf([column("a", 80), column("b", 100)], true)).toBe("36px 92px minmax(112px, 1fr)");
  });
});
