import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lanesOf, MAX_LANES_OF_KIND, MAX_ROWS, rowsOf } from "./lanes";
import { anyItems, testItem } from "./testItems";

describe("lanesOf", () => {
  it("has the LLM first, then each tool, each index and spans", () => {
    const items = [
      testItem(0, 5, { kind: "span", name: "pipeline" }),
      testItem(1, 2, { kind: "retrieval", name: "docs" }),
      testItem(2, 3, { name: "b" }),
      testItem(3, 4, { name: "a" }),
      testItem(4, 5, { kind: "llm", name: "gpt-4o" }),
      testItem(5, 6, { kind: "llm", name: "o3" }),
      testItem(6, 7, { name: "b" }),
    ];
    expect(lanesOf(items).map(({ label, count }) => `${label} ${count}`)).toEqual([
      "LLM 2",
      "b 2",
      "a 1",
      "retrieval · docs 1",
      "other spans 1",
    ]);
  });

  it("puts tools beyond the most into one lane and loses no call", () => {
    const items = Array.from({ length: 40 }, (_, at) => testItem(at, at + 1, { name: `tool ${at % 20}` }));
    const lanes = lanesOf(items);
    expect(lanes).toHaveLength(MAX_LANES_OF_KIND + 1);
    expect(lanes.at(-1)).toMatchObject({ label: "other tools", count: 16 });
  });
});

describe("rowsOf", () => {
  it("puts parallel calls side by side", () => {
    const [a, b, c] = [testItem(0, 10), testItem(5, 15), testItem(10, 20)];
    expect(rowsOf([a, b, c]).map((row) => row.items)).toEqual([[a, c], [b]]);
  });

  it("keeps every item once; only the last of the most rows may overlap", () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const rows = rowsOf(items);
        expect(rows.length).toBeLessThanOrEqual(MAX_ROWS);
        expect(rows.flatMap((row) => row.items)).toHaveLength(items.length);
        for (const row of rows.slice(0, MAX_ROWS - 1)) {
          row.items.slice(1).forEach((item, at) => {
            expect(item.start).toBeGreaterThanOrEqual(row.items[at]?.end ?? 0);
          });
        }
      }),
    );
  });
});
