import type { Mark } from "./marks";
import { scaleOf, type TimeWindow } from "./window";

/** Marks drawn as one symbol, with the side its label has room on. */
export interface PlacedMark {
  readonly x: number;
  readonly row: number;
  readonly marks: readonly Mark[];
  readonly label: string;
  readonly side: "left" | "right";
}

/** Marks so close, px, become one. */
const SAME_PLACE = 10;
/** Labels that do not fit into so many rows lie over others. */
const MAX_ROWS = 4;
const SYMBOL = 16;
/** Width of a character, px, at the size of labels; on the safe side. */
const CHARACTER = 7;
const MAX_CHARACTERS = 32;

/** Puts the marks of a window into rows so that their labels do not overlap. */
export function placeMarks(marks: readonly Mark[], window: TimeWindow, width: number): PlacedMark[] {
  const x = scaleOf(window, width);
  const groups: { x: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const at = x(mark.at);
    if (at < -1 || at > width + 1) continue;
    const near = groups.findLast((group) => at - group.x < SAME_PLACE && alike(group.marks[0], mark));
    // Within a few px a look back over the last groups is enough.
    if (near !== undefined) near.marks.push(mark);
    else groups.push({ x: at, marks: [mark] });
  }
  const taken: number[] = [];
  return groups.map(({ x: at, marks: here }) => {
    const label = labelOf(here);
    const size = SYMBOL + Math.min(label.length, MAX_CHARACTERS) * CHARACTER;
    const side = at + size > width && at > size ? "left" : "right";
    const from = side === "right" ? at - SYMBOL / 2 : at - size;
    const free = taken.findIndex((until) => until <= from);
    const row = free >= 0 ? free : Math.min(taken.length, MAX_ROWS - 1);
    taken[row] = Math.max(taken[row] ?? 0, side === "right" ? at + size : at + SYMBOL / 2);
    return { x: at, row, marks: here, label, side };
  });
}

/** Signals keep a symbol each unless they are the same; other marks of one kind share one. */
function alike(a: Mark | undefined, b: Mark): boolean {
  return a !== undefined && a.kind === b.kind && (a.kind !== "signal" || a.label === b.label);
}

function labelOf(marks: readonly Mark[]): string {
  const names = new Set(marks.map((mark) => mark.label));
  const [first = ""] = names;
  if (marks.length === 1) return first;
  return names.size === 1 ? `${first} ×${marks.length}` : `${first} +${marks.length - 1}`;
}
