import { useEffect, useRef } from "react";
import { takesText } from "../environment";

export interface RunKeys {
  /** Leave the keys to someone else. */
  readonly skip: boolean;
  /** `/`. */
  readonly onFind: () => void;
  /** Escape. */
  readonly onClose: () => void;
}

/** Keys of the page, while no field takes them: `/` finds, Escape closes what is open. */
export function useRunKeys(keys: RunKeys): void {
  const newest = useRef(keys);
  newest.current = keys;
  const { skip } = keys;
  useEffect(() => {
    if (skip) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      if (event.key === "/") {
        event.preventDefault();
        newest.current.onFind();
      } else if (event.key === "Escape") newest.current.onClose();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [skip]);
}
