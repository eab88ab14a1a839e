import { type RefCallback, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Held, holdRows } from "./held";

/** A pointer that rests for this long is not about to click, ms. */
const POINTING_MS = 3000;

export interface HeldRows<Row> extends Held<Row> {
  /** Of the element around the rows. */
  readonly ref: RefCallback<HTMLElement>;
  /** Shows the rows that wait. */
  readonly release: () => void;
}

/**
 * Rows that do not move under the reader: while the list is scrolled away from its top, or the pointer moves over it, or
 * it holds the focus or a selection, new rows wait.
 *
 * @param away the list itself says that it is scrolled
 * @param key of another list: it is shown at once
 */
export function useHeldRows<Row>(
  newer: readonly Row[],
  keyOf: (row: Row) => string,
  { key, away = false }: { readonly key: string; readonly away?: boolean },
): HeldRows<Row> {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const pointed = useRef(0);
  const shown = useRef<{ readonly key: string; readonly rows: readonly Row[] } | undefined>(undefined);
  const isReleased = useRef(false);
  const [, releaseNow] = useState(0);
  useEffect(() => {
    if (element === null) return undefined;
    const onMove = (): void => {
      pointed.current = performance.now();
    };
    element.addEventListener("pointermove", onMove);
    return () => element.removeEventListener("pointermove", onMove);
  }, [element]);
  const isReading = (): boolean =>
    away ||
    (element !== null &&
      (performance.now() - pointed.current < POINTING_MS ||
        element.getBoundingClientRect().top < 0 ||
        element.contains(document.activeElement) ||
        hasSelection(element)));
  const before = shown.current?.key === key && !isReleased.current ? shown.current.rows : undefined;
  const held = holdRows(before, newer, keyOf, before !== undefined && isReading());
  useEffect(() => {
    shown.current = { key, rows: held.rows };
    isReleased.current = false;
  });
  const release = useCallback(() => {
    isReleased.current = true;
    releaseNow((count) => count + 1);
  }, []);
  const ref = useCallback((node: HTMLElement | null) => setElement(node), []);
  return useMemo(() => ({ ...held, ref, release }), [held, ref, release]);
}

function hasSelection(element: HTMLElement): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(element, true);
}
