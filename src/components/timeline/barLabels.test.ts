import { describe, expect, it } from "vitest";
import { barLabels } from "./barLabels";
import { barsOf } from "./bars";
import type { TimelineItem } from "./item";
import { rowsOf } from "./lanes";
import { testItem } from "./testItems";

function labels(items: readonly TimelineItem[], width = 1000, slowest?: TimelineItem): string[] {
  const [row] = rowsOf(items);
  if (row === undefined) return [];
  return barLabels(barsOf(row, { from: 0, to: 1000 }, width), width, slowest).map(
    ({ place, text }) => `${place} ${text}`,
  );
}

describe("barLabels", () => {
  it("says how long a call took where the bar is wide enough", () => {
    expect(labels([testItem(0, 200), testItem(500, 510)])).toEqual(["inside 200 ms"]);
  });

  it("marks the slowest inside or beside its bar", () => {
    const [wide, narrow] = [testItem(0, 400), testItem(0, 20)];
    expect(labels([wide], 1000, wide)).toEqual(["inside slowest step · 400 ms"]);
    expect(labels([narrow], 1000, narrow)).toEqual(["outside slowest · 20 ms"]);
  });

  it("says that a call failed beside it, on the side that has room, or not at all", () => {
    const failed = testItem(500, 510, { failed: true });
    expect(labels([failed, testItem(515, 900)])).toContain("outside failed");
    expect(labels([testItem(0, 495), failed, testItem(515, 900)])).not.toContain("outside failed");
  });
});
