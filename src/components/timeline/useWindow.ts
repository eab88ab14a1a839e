import { useCallback, useMemo, useState } from "react";
import {
  isWhole,
  panWindow,
  type TimeWindow,
  wholeWindow,
  windowBetween,
  windowShowing,
  ZOOM_STEP,
  zoomWindow,
} from "./window";

export interface WindowState {
  readonly window: TimeWindow;
  readonly whole: TimeWindow;
  /** Above 1 closer; around a time, else around the middle. */
  readonly zoom: (factor: number, at?: number) => void;
  /** By a share of what is seen. */
  readonly pan: (share: number) => void;
  readonly set: (from: number, to: number) => void;
  readonly show: (start: number, end: number) => void;
  readonly reset: () => void;
}

/** What of a run is seen. While it is the whole, it grows with the run. */
export function useWindow(length: number): WindowState {
  const [chosen, setChosen] = useState<TimeWindow | undefined>(undefined);
  const whole = useMemo(() => wholeWindow(length), [length]);
  const window = chosen ?? whole;
  const change = useCallback(
    (next: (window: TimeWindow) => TimeWindow) =>
      setChosen((before) => {
        const after = next(before ?? whole);
        return isWhole(after, whole) ? undefined : after;
      }),
    [whole],
  );
  const zoom = useCallback(
    (factor: number, at?: number) =>
      change((before) => zoomWindow(before, whole, factor, at ?? (before.from + before.to) / 2)),
    [change, whole],
  );
  const pan = useCallback(
    (share: number) => change((before) => panWindow(before, whole, share * (before.to - before.from))),
    [change, whole],
  );
  const set = useCallback((from: number, to: number) => change(() => windowBetween(from, to, whole)), [change, whole]);
  const show = useCallback(
    (start: number, end: number) => change((before) => windowShowing(before, whole, start, end)),
    [change, whole],
  );
  const reset = useCallback(() => setChosen(undefined), []);
  return useMemo(() => ({ window, whole, zoom, pan, set, show, reset }), [window, whole, zoom, pan, set, show, reset]);
}

/** Closer and wider by the step of the keys and buttons. */
export const CLOSER = ZOOM_STEP;
export const WIDER = 1 / ZOOM_STEP;
