import { useCallback, useEffect, useRef, useState } from "react";

const WAIT_MS = 250;

/** A value that follows the hand at once and is told once the hand rests. */
export function useDebounced<T>(value: T, tell: (value: T) => void): readonly [T, (value: T) => void] {
  const [shown, setShown] = useState(value);
  const [given, setGiven] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(tell);
  newest.current = tell;
  // What is told from elsewhere, such as the address, wins at once.
  if (given !== value) {
    setGiven(value);
    setShown(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = useCallback((next: T) => {
    setShown(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => newest.current(next), WAIT_MS);
  }, []);
  return [shown, change];
}
