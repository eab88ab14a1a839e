import type { WrittenLine } from "./lines";
import type { Random } from "./random";

const placeOf = (line: WrittenLine): string => `${line.time} ${line.step_index}`;

/** All lines have a seq, and no two different ones the same. */
function isNumbered(once: readonly WrittenLine[]): boolean {
  const numbers = once.map(({ seq }) => seq);
  return !numbers.includes(undefined) && new Set(numbers).size === numbers.length;
}

/** The same line read twice, or a second delivery of one event: same seq, type and event time. */
function isRepeated(line: WrittenLine, other: WrittenLine): boolean {
  if (line.text === other.text) return true;
  return line.seq !== undefined && line.seq === other.seq && line.time === other.time && typeOf(line) === typeOf(other);
}

function typeOf(line: WrittenLine): unknown {
  const { event_type }: Record<string, unknown> = JSON.parse(line.text);
  return event_type;
}

function eachOnce(lines: readonly WrittenLine[]): WrittenLine[] {
  return lines.filter((line, index) => lines.findIndex((other) => isRepeated(line, other)) === index);
}

/** What a reader must make of the lines: each once, by seq where all have one, else by time, step and order read. */
export function inOrder(lines: readonly WrittenLine[]): WrittenLine[] {
  const once = eachOnce(lines);
  if (isNumbered(once)) return once.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  return once
    .map((line, read) => ({ line, read }))
    .sort((a, b) => a.line.time - b.line.time || a.line.step_index - b.line.step_index || a.read - b.read)
    .map(({ line }) => line);
}

/** Another order of the lines in a file that says the same: of lines without seq, equals keep their order. */
export function shuffleLines(lines: readonly WrittenLine[], random: Random): WrittenLine[] {
  const shuffled = random.shuffled(lines);
  if (isNumbered(eachOnce(lines))) return shuffled;
  const groups = new Map<string, WrittenLine[]>();
  for (const line of lines) groups.set(placeOf(line), [...(groups.get(placeOf(line)) ?? []), line]);
  return shuffled.map((line) => groups.get(placeOf(line))?.shift() ?? line);
}

/** The lines with some of them read again later. */
export function repeatLines(lines: readonly WrittenLine[], random: Random): WrittenLine[] {
  const result = [...lines];
  for (let copies = Math.min(lines.length, 5); copies > 0; copies--) {
    const from = random.between(0, result.length - 1);
    const line = result[from];
    if (line !== undefined) result.splice(random.between(from + 1, result.length), 0, line);
  }
  return result;
}
