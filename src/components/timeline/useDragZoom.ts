import { type PointerEvent, useCallback, useMemo, useRef, useState } from "react";
import type { WindowState } from "./useWindow";
import { timeAt } from "./window";

/** Shorter drags are clicks, px. */
const LEAST = 6;

/** Dragging over the plot with a mouse chooses the time that is seen; a double click shows everything. */
export function useDragZoom(view: WindowState, width: number, left: number) {
  const [band, setBand] = useState<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const start = useRef<number | undefined>(undefined);
  const wasDrag = useRef(false);
  const dragged = useCallback(() => wasDrag.current, []);
  const handlers = useMemo(() => {
    const xOf = (event: PointerEvent<HTMLElement>): number =>
      Math.min(width, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left - left));
    const inPlot = (event: PointerEvent<HTMLElement>): boolean =>
      event.clientX - event.currentTarget.getBoundingClientRect().left >= left;
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        wasDrag.current = false;
        if (event.pointerType === "mouse" && event.button === 0 && inPlot(event)) start.current = xOf(event);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (start.current === undefined) return;
        const [from, to] = [Math.min(start.current, xOf(event)), Math.max(start.current, xOf(event))];
        if (to - from < LEAST && !wasDrag.current) return;
        wasDrag.current = true;
        setBand({ x: from, width: to - from });
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const from = start.current;
        start.current = undefined;
        setBand(undefined);
        if (from === undefined || !wasDrag.current) return;
        view.set(timeAt(view.window, width, from), timeAt(view.window, width, xOf(event)));
      },
      onPointerLeave: () => {
        start.current = undefined;
        setBand(undefined);
      },
      onDoubleClick: view.reset,
    };
  }, [view, width, left]);
  return useMemo(() => ({ band, handlers, dragged }), [band, handlers, dragged]);
}
