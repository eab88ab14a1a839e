import { describe, expect, it } from "vitest";
import { rowAfterKey } from "./keys";

describe("rowAfterKey", () => {
  it.each([
    ["ArrowDown", 3, 4],
    ["ArrowDown", 9, 9],
    ["ArrowUp", 3, 2],
    ["ArrowUp", 0, 0],
    ["PageDown", 3, 8],
    ["PageDown", 8, 9],
    ["PageUp", 3, 0],
    ["Home", 3, 0],
    ["End", 3, 9],
    ["Enter", 3, undefined],
  ])("%s from row %i leads to %s", (key, from, to) => {
    expect(rowAfterKey(key, from, 10, 5)).toBe(to);
  });

  it("leads nowhere in an empty table", () => {
    expect(rowAfterKey("End", 0, 0, 5)).toBeUndefined();
  });
});
