import { describe, expect, it } from "vitest";
import { findItems, nextMatch } from "./find";
import { testItem } from "./testItems";

const items = [
  testItem(0, 1, { kind: "llm", name: "gpt-4o", step_index: 1 }),
  testItem(1, 2, { name: "web_search", step_index: 2, failed: true }),
  testItem(2, 3, { name: "web_fetch", step_index: 3, answered: false }),
];

describe("findItems", () => {
  it("looks for every word in kind, name, number and state", () => {
    expect(findItems(items, "web")).toEqual([1, 2]);
    expect(findItems(items, "WEB failed")).toEqual([1]);
    expect(findItems(items, "#3")).toEqual([2]);
    expect(findItems(items, "llm")).toEqual([0]);
    expect(findItems(items, "never answered")).toEqual([2]);
    expect(findItems(items, "  ")).toEqual([]);
    expect(findItems(items, "<b>(")).toEqual([]);
  });
});

describe("nextMatch", () => {
  it("goes on and starts again at the end", () => {
    expect(nextMatch([1, 4], -1, 1)).toBe(1);
    expect(nextMatch([1, 4], 1, 1)).toBe(4);
    expect(nextMatch([1, 4], 4, 1)).toBe(1);
    expect(nextMatch([1, 4], 1, -1)).toBe(4);
    expect(nextMatch([], 0, 1)).toBeUndefined();
  });
});
