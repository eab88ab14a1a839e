import type { ReactNode } from "react";
import type { Column } from "./columns";
import type { TableStyles } from "./styles";

export interface StackedCellsProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly cellOf: (column: Column<Row>) => ReactNode;
  readonly styles: TableStyles;
}

/** The cells of a row below each other: first what names it, then `title value`, as many to a line as fit. */
export function StackedCells<Row>({ columns, cellOf, styles }: StackedCellsProps<Row>) {
  const head = columns.filter(({ stacked }) => stacked === "head");
  const values = columns.filter(({ stacked }) => stacked !== "head" && stacked !== "hidden");
  return (
    <>
      {head.map((column) => (
        <td key={column.id} className={styles.stackedHead}>
          {cellOf(column)}
        </td>
      ))}
      <td aria-hidden="true" className={styles.stackedBreak} />
      {values.map((column) => (
        <td key={column.id} className={styles.stackedValue}>
          {column.stacked !== "plain" && <span className={styles.stackedTitle}>{column.title}</span>}
          {cellOf(column)}
        </td>
      ))}
    </>
  );
}
