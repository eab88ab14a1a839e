import type { Line, UnknownLine } from "../wire/line";

type AnyLine = Line | UnknownLine;

/** The lines of one run in order, each once. */
export interface OrderedLines {
  readonly lines: readonly AnyLine[];
  /** Numbers missing in `seq`, 0 where the order is by time. */
  readonly missing: number;
  readonly duplicates: number;
}

/**
 * Puts the lines of one run in order and drops repeated ones, of which the first read stays.
 *
 * By `seq` where all lines have it and none repeats with another time, else by (time, step_index, order read). Equal are
 * lines with the same seq and `ts`, a second delivery of the same event (same seq, type and event time), and without seq
 * lines that are the same to the letter.
 */
export function orderLines(read: readonly AnyLine[]): OrderedLines {
  if (isInOrder(read)) return { lines: read, missing: missingIn(read), duplicates: 0 };
  const lines = withoutDuplicates(read);
  const duplicates = read.length - lines.length;
  if (hasUniqueSeq(lines)) {
    lines.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    return { lines, missing: missingIn(lines), duplicates };
  }
  // Array.prototype.sort is stable, so the order read decides what is left.
  lines.sort((a, b) => a.time - b.time || a.step_index - b.step_index);
  return { lines, missing: 0, duplicates };
}

/** Every line has a seq and they only grow: the usual case. */
function isInOrder(lines: readonly AnyLine[]): boolean {
  let last = -1;
  for (const line of lines) {
    if (line.seq === undefined || line.seq <= last) return false;
    last = line.seq;
  }
  return true;
}

function missingIn(lines: readonly AnyLine[]): number {
  const last = lines.at(-1)?.seq;
  return last === undefined ? 0 : last + 1 - lines.length;
}

function hasUniqueSeq(lines: readonly AnyLine[]): boolean {
  const seen = new Set<number>();
  for (const line of lines) {
    if (line.seq === undefined || seen.has(line.seq)) return false;
    seen.add(line.seq);
  }
  return true;
}

function withoutDuplicates(lines: readonly AnyLine[]): AnyLine[] {
  const seen = new Set<string>();
  return lines.filter((line) => {
    const keys =
      line.seq === undefined
        ? [line.digest === undefined ? JSON.stringify(line) : `d ${line.digest}`]
        : [`${line.seq} w ${line.written ?? line.time}`, `${line.seq} t ${line.time} ${line.event_type}`];
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}
