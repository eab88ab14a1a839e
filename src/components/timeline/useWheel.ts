import { type RefCallback, useCallback, useRef } from "react";
import type { WindowState } from "./useWindow";
import { timeAt } from "./window";

/** Ctrl or ⌘ with the wheel zooms at the pointer, sideways scrolling moves; plain scrolling stays the page's. */
export function useWheel(view: WindowState, width: number, left: number): RefCallback<HTMLElement> {
  const latest = useRef({ view, width, left });
  latest.current = { view, width, left };
  const stop = useRef<(() => void) | undefined>(undefined);
  return useCallback((element: HTMLElement | null) => {
    stop.current?.();
    stop.current = undefined;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      const now = latest.current;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const x = event.clientX - element.getBoundingClientRect().left - now.left;
        now.view.zoom(Math.exp(-event.deltaY / 300), timeAt(now.view.window, now.width, x));
      } else if (event.deltaX !== 0 && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        now.view.pan(event.deltaX / now.width);
      }
    };
    // React's own wheel listeners are passive.
    element.addEventListener("wheel", onWheel, { passive: false });
    stop.current = () => element.removeEventListener("wheel", onWheel);
  }, []);
}
