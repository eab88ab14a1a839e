import type { Micros } from "../../core/wire";
import { duration } from "../../core/words";
import { pad, truncate, width } from "./width";

/** Maps times to cells of a line. */
export interface Scale {
  readonly cells: number;
  cell(time: Micros): number;
  /** First and last cell of a stretch; at least one cell. */
  span(start: Micros, end: Micros): readonly [number, number];
  /** Ticks with round times, and the whole duration at the end. */
  axis(): string;
}

/** Round distances between ticks, ms. */
const TICKS = [1, 2, 5].flatMap((unit) => [1, 10, 100, 1000, 10_000].map((power) => unit * power));
const MINUTES = [1, 2, 5, 10, 30, 60, 120, 360, 720, 1440].map((minutes) => minutes * 60_000);
const DISTANCES = [...TICKS.filter((ms) => ms < 60_000), ...MINUTES].sort((a, b) => a - b);
/** Ticks stand at least so many cells apart. */
const LEAST_DISTANCE = 8;

/** A scale from start to end over so many cells. */
export function scaleOf(start: Micros, end: Micros, cells: number): Scale {
  const total = Math.max(end - start, 1);
  const cell = (time: Micros): number => Math.min(Math.max(Math.floor(((time - start) / total) * cells), 0), cells - 1);
  return {
    cells,
    cell,
    span: (from, to) => {
      // Rounded, so that what follows each other does not share a cell.
      const first = Math.min(Math.max(Math.round(((from - start) / total) * cells), 0), cells - 1);
      const last = Math.round(((to - start) / total) * cells) - 1;
      return [first, Math.min(Math.max(last, first), cells - 1)];
    },
    axis: () => axis(total / 1000, cells),
  };
}

function axis(ms: number, cells: number): string {
  const end = duration(ms);
  const distance = DISTANCES.find((step) => (step / ms) * cells >= LEAST_DISTANCE) ?? ms;
  let line = "";
  for (let at = 0; at < ms; at += distance) {
    const cell = Math.round((at / ms) * cells);
    const label = at === 0 ? "0 s" : tick(at);
    if (cell + width(label) + 2 > cells - width(end)) break;
    if (cell > width(line) || line === "") line = pad(line, cell) + label;
  }
  return pad(line, cells - width(end)) + end;
}

/** Tick labels are round, so `10 s` rather than `10.0 s`. */
function tick(ms: number): string {
  return ms >= 1000 && ms < 60_000 && ms % 1000 === 0 ? `${ms / 1000} s` : duration(ms);
}

/** Texts at given cells, put into as few lines as it takes for them not to overlap. */
export class Annotations {
  readonly #cells: number;
  /** One character per cell; a wide one is followed by "". */
  readonly #rows: string[][] = [];

  constructor(cells: number) {
    this.#cells = cells;
  }

  /** Puts a text whose first word marks the cell; near the right edge it stands to the left of the mark. */
  put(cell: number, text: string): void {
    const shown = truncate(text, this.#cells);
    const size = width(shown);
    if (cell + size <= this.#cells) {
      this.#place(cell, shown);
      return;
    }
    const [mark = "", ...words] = shown.split(" ");
    this.#place(Math.max(0, cell + width(mark) - size), [...words, mark].join(" "));
  }

  /** Outlines the cells from `first` to `last`, with the text inside where it fits, else behind or before it. */
  bracket(first: number, last: number, text: string): void {
    const space = last - first + 1;
    const inside = space - 4 - width(text);
    if (inside >= 0) {
      const left = Math.floor(inside / 2);
      this.#place(first, `╰${"─".repeat(left)} ${text} ${"─".repeat(inside - left)}╯`);
      return;
    }
    const outline = space === 1 ? "╵" : `╰${"─".repeat(space - 2)}╯`;
    if (last + 2 + width(text) <= this.#cells) this.#place(first, `${outline} ${text}`);
    else this.#place(Math.max(0, first - width(text) - 1), `${text} ${outline}`);
  }

  #place(cell: number, text: string): void {
    const characters = [...text].flatMap((character) => (width(character) === 2 ? [character, ""] : [character]));
    const free = (row: readonly string[]): boolean =>
      row.slice(Math.max(0, cell - 1), cell + characters.length + 1).every((taken) => taken === " ");
    let row = this.#rows.find(free);
    if (row === undefined) {
      row = new Array<string>(this.#cells).fill(" ");
      this.#rows.push(row);
    }
    row.splice(cell, characters.length, ...characters);
  }

  rows(): readonly string[] {
    return this.#rows.map((row) => row.join("").trimEnd());
  }
}
