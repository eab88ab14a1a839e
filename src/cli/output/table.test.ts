import { describe, expect, it } from "vitest";
import { type Column, table } from "./table";
import { pad, truncate, truncateMiddle, width, wrap, wrapItems } from "./width";

describe("width", () => {
  it("counts cells, not characters", () => {
    expect(width("abc")).toBe(3);
    expect(width("検索")).toBe(4);
    expect(width("e\u0301")).toBe(1);
    expect(width("😀")).toBe(2);
    expect(width("\u001b[31mred\u001b[39m")).toBe(3);
  });

  it("cuts and fills to cells", () => {
    expect(truncate("web_search", 6)).toBe("web_s…");
    expect(truncate("検索検索", 5)).toBe("検索…");
    expect(truncate("short", 5)).toBe("short");
    expect(truncateMiddle("update_reservation_flights", 16)).toBe("update_r…flights");
    expect(truncateMiddle("short", 5)).toBe("short");
    expect(pad("検", 4)).toBe("検  ");
    expect(pad("7", 3, "right")).toBe("  7");
  });

  it("wraps at spaces and breaks what is longer than a line", () => {
    expect(wrap("the agent called web_search", 12)).toEqual(["the agent", "called", "web_search"]);
    expect(wrap("aaaaaaaaaa bb", 4)).toEqual(["aaaa", "aaaa", "aa", "bb"]);
    expect(wrap("one\ntwo", 10)).toEqual(["one", "two"]);
    expect(wrap("", 10)).toEqual([""]);
    expect(wrap("at least 90 % of them", 12)).toEqual(["at least", "90 % of them"]);
    expect(wrapItems(["1 step", "2 tools"], " · ", 10)).toEqual(["1 step ·", "2 tools"]);
  });
});

describe("table", () => {
  interface Row {
    readonly name: string;
    readonly steps: number;
  }
  const columns: Column<Row>[] = [
    { title: "NAME", value: (row) => row.name, shrinksTo: 6, paint: (text) => `<${text}>` },
    { title: "STEPS", value: (row) => String(row.steps), align: "right" },
  ];
  const rows = [
    { name: "research-agent", steps: 7 },
    { name: "a", steps: 123_456 },
  ];

  it("aligns columns and paints values without their padding", () => {
    expect(table(columns, rows, { columns: 80 })).toEqual([
      "NAME             STEPS",
      "<research-agent>       7",
      "<a>               123456",
    ]);
  });

  it("cuts the column that may shrink when the table is too wide", () => {
    expect(table(columns, rows, { columns: 16 })).toEqual([
      "NAME       STEPS",
      "<researc…>       7",
      "<a>         123456",
    ]);
  });

  it("puts lines below a row", () => {
    expect(table(columns, rows.slice(1), { columns: 80, below: () => ["  more"] })[2]).toBe("  more");
  });
});
