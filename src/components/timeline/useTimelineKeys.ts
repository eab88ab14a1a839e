import { type KeyboardEvent as ReactKeyboardEvent, useCallback, useEffect, useRef } from "react";
import { actionOf, type TimelineAction } from "./keys";

/** Controls that use these keys themselves. */
const OWN_KEYS =
  "input, textarea, select, button, a[href], [contenteditable=true], [role=menu], [role=dialog], [role=tab]";

type AnyKeyEvent = Pick<
  KeyboardEvent,
  "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "preventDefault" | "defaultPrevented" | "target"
>;

/**
 * Keys of the timeline: while the focus is inside, or on a page of its own wherever no control has it.
 *
 * @param act does what a key stands for and says whether it did
 */
export function useTimelineKeys(act: (action: TimelineAction) => boolean, keys: "page" | "inside") {
  const latest = useRef(act);
  latest.current = act;
  const handle = useCallback((event: AnyKeyEvent): void => {
    if (event.defaultPrevented) return;
    const action = actionOf(event);
    if (action === undefined || belongsToControl(event.target, action)) return;
    if (latest.current(action)) event.preventDefault();
  }, []);
  useEffect(() => {
    if (keys !== "page") return undefined;
    document.addEventListener("keydown", handle);
    return () => document.removeEventListener("keydown", handle);
  }, [keys, handle]);
  return keys === "inside" ? (event: ReactKeyboardEvent) => handle(event.nativeEvent) : undefined;
}

/** Buttons and links keep Enter and the arrows; letters are free there. Fields keep everything. */
function belongsToControl(target: EventTarget | null, action: TimelineAction): boolean {
  if (!(target instanceof Element) || target.closest(OWN_KEYS) === null) return false;
  if (target.closest("input, textarea, select, [contenteditable=true], [role=dialog], [role=menu]") !== null)
    return true;
  return action.kind === "open" || action.kind === "step" || action.kind === "edge" || action.kind === "pan";
}
