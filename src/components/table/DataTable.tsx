import { useStyles2 } from "@grafana/ui";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useWidth } from "../charts";
import { type Column, fittingColumns, STACKED_BELOW, TICK_WIDTH, tracksOf } from "./columns";
import { rowAfterKey } from "./keys";
import type { Order } from "./order";
import { HEAD_HEIGHT, ROW_HEIGHT, tableStyles } from "./styles";
import { TableHead } from "./TableHead";
import { openRow, type RowLook, TableRow } from "./TableRow";

/** Tick boxes before the rows. */
export interface Ticks<Row> {
  readonly isOn: (row: Row) => boolean;
  readonly set: (row: Row, on: boolean) => void;
  /** What the box is called: "Compare run 3f1c2f1e". */
  readonly label: (row: Row) => string;
}

export interface DataTableProps<Row> {
  /** What the table is called: "Runs". */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** Tells rows apart and stays the same when they move. */
  readonly keyOf: (row: Row) => string;
  /** Where a row leads: a click on it and Enter go there. */
  readonly href?: (row: Row) => string | undefined;
  readonly look?: (row: Row) => RowLook;
  readonly ticks?: Ticks<Row>;
  /** Sorted by; rows come in that order already (see sortRows). */
  readonly order?: Order | undefined;
  readonly onOrder?: (order: Order) => void;
  /** The rows are scrolled away from their beginning, or back to it. */
  readonly onAway?: (isAway: boolean) => void;
  /** The table goes back to its first row when it changes. */
  readonly topKey?: string;
  /** Below the last row. */
  readonly footer?: ReactNode;
  /** CSS height it may have before it scrolls; most of the window by default. */
  readonly maxHeight?: string;
}

const STACKED_HEIGHT = 76;
const NO_LOOK: RowLook = {};

/**
 * A dense table for lists of any length: only the rows in sight exist. Arrow keys, Home, End and the page keys move
 * through the rows, Enter opens one, Space ticks it. Columns give way where there is no room; below 560 px rows stack.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, keyOf, href, look, ticks, order, onOrder, onAway, footer } = props;
  const styles = useStyles2(tableStyles);
  const scroller = useRef<HTMLDivElement | null>(null);
  const [measured, width] = useWidth();
  const place = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      measured(element);
    },
    [measured],
  );
  const stacked = width > 0 && width < STACKED_BELOW;
  const headHeight = stacked ? 0 : HEAD_HEIGHT;
  const room = (width || Number.POSITIVE_INFINITY) - (ticks === undefined ? 0 : TICK_WIDTH) - 4;
  const columns = stacked ? props.columns : fittingColumns(props.columns, room);
  const tracks = tracksOf(columns, ticks !== undefined);

  const [activeKey, setActiveKey] = useState<string>();
  const found = useMemo(
    () => (activeKey === undefined ? -1 : rows.findIndex((row) => keyOf(row) === activeKey)),
    [rows, activeKey, keyOf],
  );
  const active = Math.max(0, found);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (stacked ? STACKED_HEIGHT : ROW_HEIGHT + 1),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    // The row with the focus stays, or the focus would be lost when it scrolls away.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return found < 0 || shown.includes(found) ? shown : [...shown, found].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights of all rows change with the form
  useEffect(() => virtual.measure(), [stacked]);

  const { topKey } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is the reason to go back
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [topKey]);

  const wanted = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const element = scroller.current?.querySelector(`[data-index="${wanted.current}"]`);
    if (!(element instanceof HTMLElement)) return;
    wanted.current = undefined;
    element.focus({ preventScroll: true });
  });
  const go = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    wanted.current = index;
    setActiveKey(keyOf(row));
    virtual.scrollToIndex(index);
  };
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, row: Row, index: number): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const target =
      event.altKey || event.ctrlKey || event.metaKey ? undefined : rowAfterKey(event.key, index, rows.length, page);
    if (target !== undefined) {
      event.preventDefault();
      go(target);
      return;
    }
    // Keys on a link or a box of the row are theirs.
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") openRow(event);
    if (event.key === " " && ticks !== undefined) {
      event.preventDefault();
      ticks.set(row, !ticks.isOn(row));
    }
  };

  return (
    <div
      ref={place}
      className={styles.scroller}
      style={{ maxHeight: props.maxHeight ?? "max(20rem, calc(100vh - 13rem))" }}
      onScroll={(event) => onAway?.(event.currentTarget.scrollTop > ROW_HEIGHT)}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows take the arrow keys
        role="grid"
        className={styles.table}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={ticks && true}
      >
        <TableHead {...{ columns, tracks, stacked, order, onOrder, styles }} ticks={ticks !== undefined} />
        <tbody className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={key}
                measure={stacked ? virtual.measureElement : undefined}
                {...{ row, columns, tracks, stacked, index, styles }}
                start={start - headHeight}
                href={href?.(row)}
                look={look?.(row) ?? NO_LOOK}
                tabbable={index === active}
                tick={
                  ticks && { on: ticks.isOn(row), label: ticks.label(row), set: (on: boolean) => ticks.set(row, on) }
                }
                onKey={(event: KeyboardEvent<HTMLTableRowElement>) => onKey(event, row, index)}
                onFocus={() => setActiveKey(keyOf(row))}
              />
            );
          })}
        </tbody>
      </table>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </div>
  );
}
