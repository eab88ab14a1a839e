import { describe, expect, it } from "vitest";
import { candidatesOf, failureTypeOf, severityOf, statusesOf, stepOf, timeOf } from "./asked";
import { decodeCursor, encodeCursor } from "./cursor";

describe("what a query asks", () => {
  it("reads names as people write them", () => {
    expect(failureTypeOf("tool_loop")).toBe("TOOL_LOOP");
    expect(failureTypeOf("Tool loop")).toBe("TOOL_LOOP");
    expect(severityOf("high")).toBe("HIGH");
    expect(statusesOf(["Completed"])).toEqual(["completed"]);
    expect(timeOf("1700000000000")).toBe(1_700_000_000_000);
    expect(timeOf("2026-11-20T10:00:00Z")).toBe(Date.UTC(2026, 10, 20, 10));
  });

  it.each([
    () => failureTypeOf("NOPE"),
    () => severityOf("bad"),
    () => statusesOf(["done"]),
    () => timeOf("soon"),
    () => stepOf("fast", 1000, 1000),
    () => candidatesOf({ thresholds: { threshold: "x" } }, "TOOL_LOOP"),
    () => candidatesOf({ thresholds: { threshold: Array.from({ length: 21 }, String).join() } }, "TOOL_LOOP"),
  ])("refuses %s", (read) => {
    expect(read).toThrow(expect.objectContaining({ name: "QueryProblem" }));
  });

  it("keeps bars few", () => {
    expect(stepOf(undefined, 60_000, 3_600_000)).toBe(60_000);
    expect(stepOf("1s", 0, 86_400_000)).toBe(173_000);
    expect(stepOf("1h", 0, 86_400_000)).toBe(3_600_000);
  });

  it("combines thresholds", () => {
    expect(candidatesOf({ thresholds: { threshold: "3, 4" } }, "TOOL_LOOP")).toEqual([
      { threshold: 3 },
      { threshold: 4 },
    ]);
    expect(candidatesOf({}, "TOOL_LOOP")).toEqual([{}]);
  });
});

describe("a cursor", () => {
  it("comes through as a text", () => {
    const cursor = { before: 1_795_168_841_999_999_123n, seen: ['1 "r"'], ended: ["a"] };
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
    expect(decodeCursor(undefined)).toBeUndefined();
    expect(() => decodeCursor('{"before":"1","seen":[1]}')).toThrow("cursor");
  });
});
