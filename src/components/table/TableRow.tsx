import { cx } from "@emotion/css";
import { Checkbox } from "@grafana/ui";
import type { KeyboardEvent, MouseEvent } from "react";
import type { Column } from "./columns";
import { StackedCells } from "./StackedCells";
import type { TableStyles } from "./styles";

/** What sets a row apart. */
export interface RowLook {
  /** A red left border. */
  readonly failure?: boolean | undefined;
  /** Shows in one fade that it is new. */
  readonly fresh?: boolean | undefined;
  /** It is what is shown elsewhere on the page. */
  readonly current?: boolean | undefined;
}

export interface TableRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly tracks: string;
  readonly stacked: boolean;
  readonly index: number;
  readonly start: number;
  /** Measures the height where rows are stacked. */
  readonly measure: ((element: Element | null) => void) | undefined;
  readonly href: string | undefined;
  readonly look: RowLook;
  readonly tabbable: boolean;
  readonly tick: { readonly on: boolean; readonly label: string; readonly set: (on: boolean) => void } | undefined;
  readonly onKey: (event: KeyboardEvent<HTMLTableRowElement>) => void;
  readonly onFocus: () => void;
  readonly styles: TableStyles;
}

/** Marks the link of a row, so that a click anywhere on the row finds it. */
const OPENS = "data-opens-row";

/** The row of a virtual table: its link opens from anywhere on it, its other links and boxes work as they are. */
export function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, columns, tracks, stacked, index, start, measure, href, look, tabbable, tick, onKey, onFocus, styles } =
    props;
  const cellOf = (column: Column<Row>) =>
    column.opens === true && href !== undefined ? (
      <a href={href} className={styles.link} tabIndex={-1} {...{ [OPENS]: true }}>
        {column.cell(row)}
      </a>
    ) : (
      column.cell(row)
    );
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={tick?.on}
      aria-current={look.current === true ? "true" : undefined}
      tabIndex={tabbable ? 0 : -1}
      className={cx(
        styles.row,
        stacked && styles.stackedRow,
        href !== undefined && styles.opens,
        look.failure === true && styles.failure,
        look.fresh === true && styles.fresh,
        look.current === true && styles.current,
      )}
      style={{ transform: `translateY(${start}px)`, ...(stacked ? {} : { gridTemplateColumns: tracks }) }}
      onKeyDown={onKey}
      onFocus={onFocus}
      onClick={openRow}
    >
      {tick !== undefined && (
        <td className={styles.cell}>
          <Checkbox
            value={tick.on}
            aria-label={tick.label}
            tabIndex={-1}
            onChange={(event) => tick.set(event.currentTarget.checked)}
          />
        </td>
      )}
      {stacked ? (
        <StackedCells {...{ columns, cellOf, styles }} />
      ) : (
        columns.map((column) => (
          <td key={column.id} className={cx(styles.cell, column.align === "right" && styles.right)}>
            {cellOf(column)}
          </td>
        ))
      )}
    </tr>
  );
}

/** Clicks the link of the row, with the keys held, so that a new tab opens as from any link. */
export function openRow(event: MouseEvent<HTMLElement> | KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, ctrlKey, metaKey, shiftKey } = event;
  if (event.defaultPrevented || !(target instanceof Element)) return;
  if (target.closest("a, button, input, label") !== null) return;
  if (window.getSelection()?.isCollapsed === false) return;
  const link = currentTarget.querySelector(`[${OPENS}]`);
  link?.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
}
