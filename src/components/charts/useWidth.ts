import { type RefCallback, useCallback, useLayoutEffect, useState } from "react";

/** The width of an element, whole px; 0 until it is on screen. */
export function useWidth(): readonly [RefCallback<HTMLElement>, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element === null) return undefined;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [useCallback((node: HTMLElement | null) => setElement(node), []), width];
}
