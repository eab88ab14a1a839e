import fc from "fast-check";
import type { TimelineItem } from "./item";

/** Test support: a tool call from `start` to `end`, ms. */
export function testItem(start: number, end: number, more: Partial<TimelineItem> = {}): TimelineItem {
  return {
    kind: "tool",
    name: "web_search",
    step_index: 1,
    start,
    end,
    duration_ms: end - start,
    failed: false,
    answered: true,
    inner: false,
    depth: 0,
    step: undefined,
    span: undefined,
    ...more,
  };
}

/** Test support: items by start, of any lengths. */
export const anyItems: fc.Arbitrary<TimelineItem[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 3000 }), fc.boolean()))
  .map((all) =>
    all.map(([start, length, failed]) => testItem(start, start + length, { failed })).sort((a, b) => a.start - b.start),
  );
