/** A stretch of the run, ms from its beginning: from < to. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Nothing is shown larger than this, ms over the whole width. */
export const LEAST_SPAN = 5;
/** One press of + or −. */
export const ZOOM_STEP = 2;
/** Room behind the last event, as a share of the whole. */
const MARGIN = 0.02;

/** Everything, with a little room at its end. */
export function wholeWindow(length: number): TimeWindow {
  return { from: 0, to: Math.max(length * (1 + MARGIN), LEAST_SPAN) };
}

/** The nearest window of this length, or the longest possible, that lies in the whole. */
function within({ from, to }: TimeWindow, whole: TimeWindow): TimeWindow {
  const most = whole.to - whole.from;
  const span = Math.min(most, Math.max(to - from, LEAST_SPAN));
  const start = Math.min(Math.max(from, whole.from), whole.to - span);
  return { from: start, to: start + span };
}

/** Zooms by a factor (above 1: closer) and keeps the time `at` where it is on screen. */
export function zoomWindow(window: TimeWindow, whole: TimeWindow, factor: number, at: number): TimeWindow {
  const span = window.to - window.from;
  const next = Math.min(whole.to - whole.from, Math.max(span / factor, LEAST_SPAN));
  const share = (at - window.from) / span;
  const from = at - share * next;
  return within({ from, to: from + next }, whole);
}

/** Moves by so many ms, as far as there is something. */
export function panWindow(window: TimeWindow, whole: TimeWindow, by: number): TimeWindow {
  return within({ from: window.from + by, to: window.to + by }, whole);
}

/** The window between two times, in whichever order. */
export function windowBetween(a: number, b: number, whole: TimeWindow): TimeWindow {
  const [from, to] = [Math.max(Math.min(a, b), whole.from), Math.min(Math.max(a, b), whole.to)];
  return within({ from, to }, whole);
}

/** Moves as little as it takes to see a stretch; of one too long its beginning. */
export function windowShowing(window: TimeWindow, whole: TimeWindow, start: number, end: number): TimeWindow {
  const span = window.to - window.from;
  if (start >= window.from && end <= window.to) return window;
  // A margin, so that it does not stick to the edge.
  const room = span * 0.1;
  if (start < window.from || end - start > span - room) {
    return within({ from: start - room, to: start - room + span }, whole);
  }
  return within({ from: end + room - span, to: end + room }, whole);
}

/** Whether a window is the whole. */
export function isWhole(window: TimeWindow, whole: TimeWindow): boolean {
  return window.to - window.from >= (whole.to - whole.from) * 0.999;
}

/** How many times closer than the whole, as `340 %`. */
export function zoomPercent(window: TimeWindow, whole: TimeWindow): number {
  return Math.round(((whole.to - whole.from) / (window.to - window.from)) * 100);
}

/** Maps ms to px. */
export function scaleOf(window: TimeWindow, width: number): (ms: number) => number {
  const perMs = width / (window.to - window.from);
  return (ms) => (ms - window.from) * perMs;
}

/** Maps px to ms. */
export function timeAt(window: TimeWindow, width: number, x: number): number {
  return window.from + (x / Math.max(width, 1)) * (window.to - window.from);
}
