import { count, duration } from "../../core/words";
import { t } from "../text";
import type { Bar } from "./bars";
import type { TimelineItem } from "./item";
import { knownWords, stateWords, tokensOfItem } from "./itemWords";

/** A word on or beside a bar; px. */
export interface BarLabel {
  readonly x: number;
  readonly anchor: "start" | "end";
  readonly text: string;
  readonly place: "inside" | "outside";
  readonly failed: boolean;
  readonly item: TimelineItem;
}

/** Width of a character at the size of labels; on the safe side. */
const CHARACTER = 6.4;
const PAD = 5;
/** Room for the outline of a loop. */
const BESIDE = 6;

/** No label takes less, px. */
const SHORTEST = 20;

const widthOf = (text: string): number => text.length * CHARACTER + 2 * PAD;

/** Labels of the bars of a row, where they fit: inside a wide bar, else beside it as far as the next one. */
export function barLabels(bars: readonly Bar[], width: number, slowest: TimelineItem | undefined): BarLabel[] {
  const labels: BarLabel[] = [];
  let taken = 0;
  bars.forEach((bar, at) => {
    const [item] = bar.items;
    const right = bar.x + bar.width;
    const until = Math.min(bars[at + 1]?.x ?? width, width);
    const before = taken;
    taken = Math.max(taken, right);
    if (item === undefined || bar.items.length > 1) return;
    const isSlowest = item === slowest;
    const visibleFrom = Math.max(bar.x, 0);
    const inside = Math.min(right, width) - visibleFrom;
    const text = inside < SHORTEST ? undefined : insideTexts(item, isSlowest).find((one) => widthOf(one) <= inside);
    const common = { failed: bar.failed, item };
    if (text !== undefined) labels.push({ ...common, x: visibleFrom + PAD, anchor: "start", text, place: "inside" });
    if (Math.max(until - right, bar.x - before) < SHORTEST) return;
    const beside = outsideTexts(item, isSlowest && text === undefined).filter((one) => one !== text);
    const behind = beside.find((one) => widthOf(one) <= until - right);
    if (behind !== undefined && right >= 0) {
      labels.push({ ...common, x: right + PAD, anchor: "start", text: behind, place: "outside" });
      taken = right + widthOf(behind);
      return;
    }
    const ahead = beside.find((one) => widthOf(one) + BESIDE <= bar.x - before);
    if (ahead !== undefined && bar.x <= width) {
      labels.push({ ...common, x: bar.x - PAD - BESIDE, anchor: "end", text: ahead, place: "outside" });
    }
  });
  return labels;
}

/** Longest first. */
function insideTexts(item: TimelineItem, slowest: boolean): string[] {
  const took = duration(item.duration_ms);
  const tokens = tokensOfItem(item);
  const both = tokens === undefined ? took : `${took} · ${count(tokens)}`;
  if (slowest) {
    return [t("timeline.slowestOf", "slowest step · {{what}}", { what: both }), t("timeline.slowest", "slowest"), took];
  }
  if (item.kind === "span" && item.name !== undefined) return [`${item.name} · ${took}`, item.name, took];
  return tokens === undefined ? [took] : [both, count(tokens)];
}

function outsideTexts(item: TimelineItem, slowest: boolean): string[] {
  const states = stateWords(item);
  const mark = slowest ? [t("timeline.slowestTook", "slowest · {{took}}", { took: duration(item.duration_ms) })] : [];
  if (states.length > 0) return [[...states, ...mark].join(", "), ...states.slice(0, 1)];
  if (mark.length > 0) return mark;
  return item.kind === "retrieval" ? [knownWords(item).join(", ")].filter(Boolean) : [];
}
