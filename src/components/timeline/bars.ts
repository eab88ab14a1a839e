import type { TimelineItem } from "./item";
import type { LaneRow } from "./lanes";
import { scaleOf, type TimeWindow } from "./window";

/** What is drawn for one item, or for several that share pixels. px from the left edge of the window. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly items: readonly TimelineItem[];
  readonly failed: boolean;
  readonly answered: boolean;
}

/** No bar is narrower. */
export const LEAST_WIDTH = 2;
/** Bars that begin within so many px of each other are drawn as one. */
const MERGE = 2;
/** Bars that leave the window are cut so far beyond its edge. */
const BEYOND = 8;

/** The first item that starts at `time` or later. */
export function firstFrom(items: readonly TimelineItem[], time: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.start ?? time) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bars of a row that the window shows: at most one for every two px, however many items there are. */
export function barsOf(row: LaneRow, window: TimeWindow, width: number): Bar[] {
  const x = scaleOf(window, width);
  const bars: { x: number; width: number; items: TimelineItem[]; failed: boolean; answered: boolean }[] = [];
  for (let at = firstFrom(row.items, window.from - row.longest); at < row.items.length; at++) {
    const item = row.items[at];
    if (item === undefined || item.start > window.to) break;
    if (item.end < window.from) continue;
    const left = Math.max(x(item.start), -BEYOND);
    const right = Math.max(Math.min(x(item.end), width + BEYOND), left + LEAST_WIDTH);
    const last = bars.at(-1);
    if (last !== undefined && left < last.x + MERGE) {
      last.width = Math.max(last.x + last.width, right) - last.x;
      last.items.push(item);
      last.failed ||= item.failed;
      last.answered &&= item.answered;
    } else {
      bars.push({ x: left, width: right - left, items: [item], failed: item.failed, answered: item.answered });
    }
  }
  return bars;
}

/** The bar at a place, with some px to spare beside narrow ones. */
export function barAt(bars: readonly Bar[], x: number, spare = 3): Bar | undefined {
  const inside = bars.find((bar) => x >= bar.x && x <= bar.x + bar.width);
  if (inside !== undefined) return inside;
  const distance = (bar: Bar): number => Math.min(Math.abs(bar.x - x), Math.abs(bar.x + bar.width - x));
  let nearest: Bar | undefined;
  for (const bar of bars) {
    if (distance(bar) <= spare && (nearest === undefined || distance(bar) < distance(nearest))) nearest = bar;
  }
  return nearest;
}

/** Bars as one SVG path, so that ten thousand of them are one element. */
export function pathOf(bars: readonly Bar[], y: number, height: number): string {
  return bars.map(({ x, width }) => `M${px(x)} ${y}h${px(width)}v${height}h${px(-width)}z`).join("");
}

const px = (value: number): number => Math.round(value * 10) / 10;
