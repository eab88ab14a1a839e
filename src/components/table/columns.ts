import type { ReactNode } from "react";

/** How a cell shows where rows are stacked: in the first line, below it as `title value` or without its title, or not at all. */
export type StackedAs = "head" | "value" | "plain" | "hidden";

export interface Column<Row> {
  /** Unique in the table; names the column in `order`. */
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand right, with digits of one width. */
  readonly align?: "right" | undefined;
  /** The least it needs, px. */
  readonly width: number;
  /** Its share of the width that is left over; 0 by default. */
  readonly grow?: number | undefined;
  /** Columns of the highest number give way first where there is no room; without one it always stays. */
  readonly priority?: number | undefined;
  /** The cell is the link that opens the row. */
  readonly opens?: boolean | undefined;
  /** Makes the column one to sort by. Undefined values come last either way. */
  readonly sortBy?: ((row: Row) => number | string | undefined) | undefined;
  /** `value` by default. */
  readonly stacked?: StackedAs | undefined;
}

/** What a column takes besides its content: the padding of its cells, px. */
export const CELL_PADDING = 12;
/** The column of tick boxes, px. */
export const TICK_WIDTH = 36;
/** Below this width rows are stacked, px. */
export const STACKED_BELOW = 560;

type Measured = Pick<Column<unknown>, "id" | "width" | "grow" | "priority">;

/** The columns that fit, in their order; those without a priority are there whatever the width. */
export function fittingColumns<C extends Measured>(columns: readonly C[], width: number): readonly C[] {
  const kept = [...columns];
  const needed = (): number => kept.reduce((sum, column) => sum + column.width + CELL_PADDING, 0);
  while (needed() > width) {
    const first = kept
      .filter((column) => column.priority !== undefined)
      .reduce<C | undefined>((a, b) => (a === undefined || (b.priority ?? 0) >= (a.priority ?? 0) ? b : a), undefined);
    if (first === undefined) break;
    kept.splice(kept.indexOf(first), 1);
  }
  return kept;
}

/** The tracks of a row as `grid-template-columns`. */
export function tracksOf(columns: readonly Measured[], isTicked: boolean): string {
  const anyGrows = columns.some(({ grow = 0 }) => grow > 0);
  const tracks = columns.map(({ width, grow = 0 }, index) => {
    const share = grow > 0 ? grow : !anyGrows && index === columns.length - 1 ? 1 : 0;
    const least = `${width + CELL_PADDING}px`;
    return share > 0 ? `minmax(${least}, ${share}fr)` : least;
  });
  return [...(isTicked ? [`${TICK_WIDTH}px`] : []), ...tracks].join(" ");
}
