import type { Output } from "../io";
import { pad, truncate, truncateMiddle, width } from "./width";

export interface Column<Row> {
  readonly title: string;
  /** Plain text; colours are added by `paint`. */
  readonly value: (row: Row) => string;
  readonly paint?: (text: string, row: Row) => string;
  readonly align?: "left" | "right";
  /** Takes at least so many cells, so that it does not move when values change. */
  readonly least?: number;
  /** May be cut to this many cells when the table is too wide; other columns never are. */
  readonly shrinksTo?: number;
  /** Is cut in the middle rather than at the end, so that long names stay apart. */
  readonly isName?: boolean;
}

export interface TableOptions<Row> {
  /** Cells the table may take. */
  readonly columns: number;
  /** Lines shown below a row, already laid out. */
  readonly below?: (row: Row) => readonly string[];
  readonly paintTitle?: (text: string) => string;
  /** Cells between columns, 2 by default. */
  readonly gap?: number;
}

/** Lays rows out in columns as wide as their widest value; those that may shrink give way when it does not fit. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions<Row>,
): string[] {
  const cells = rows.map((row) => columns.map((column) => column.value(row)));
  const widths = columns.map((column, at) =>
    Math.max(column.least ?? 0, width(column.title), ...cells.map((texts) => width(texts[at] ?? ""))),
  );
  const { gap = 2 } = options;
  shrink(columns, widths, options.columns - gap * (columns.length - 1));
  const layOut = (texts: readonly string[], paint: (text: string, column: Column<Row>) => string): string =>
    columns
      .map((column, at) => {
        const space = widths[at] ?? 0;
        const whole = texts[at] ?? "";
        const text = column.isName === true ? truncateMiddle(whole, space) : truncate(whole, space);
        const padded = pad(text, space, column.align);
        return padded.replace(text, () => paint(text, column));
      })
      .join(" ".repeat(gap))
      .trimEnd();
  const titles = columns.map((column) => column.title);
  const head = layOut(titles, (text) => options.paintTitle?.(text) ?? text);
  const lines = [head];
  rows.forEach((row, at) => {
    lines.push(layOut(cells[at] ?? [], (text, column) => column.paint?.(text, row) ?? text));
    lines.push(...(options.below?.(row) ?? []));
  });
  return lines;
}

function shrink<Row>(columns: readonly Column<Row>[], widths: number[], limit: number): void {
  let excess = widths.reduce((sum, cells) => sum + cells, 0) - limit;
  columns.forEach((column, at) => {
    const space = widths[at] ?? 0;
    if (column.shrinksTo === undefined || excess <= 0) return;
    const least = Math.max(column.shrinksTo, 1);
    const cut = Math.min(excess, Math.max(0, space - least));
    widths[at] = space - cut;
    excess -= cut;
  });
}

/** Cells to lay out for: the terminal's, else 80; never below 60, and not so wide that lines are hard to follow. */
export function layoutWidth(output: Output): number {
  return Math.min(Math.max(output.columns ?? 80, 60), 140);
}
