import type { Lane } from "./lanes";

/** Heights of a lane, px. */
export const BAR = 20;
export const BETWEEN = 4;
export const PADDING = 8;
/** For the words below the outline of a loop. */
export const STRIP = 16;

export function laneHeight(lane: Lane, loops: boolean): number {
  const rows = Math.max(1, lane.rows.length);
  return 2 * PADDING + rows * BAR + (rows - 1) * BETWEEN + (loops ? STRIP : 0);
}

export const rowTop = (row: number): number => PADDING + row * (BAR + BETWEEN);

/** The row at a height of the lane, clamped to those there are. */
export function rowAt(lane: Lane, y: number): number {
  return Math.min(lane.rows.length - 1, Math.max(0, Math.floor((y - PADDING + BETWEEN / 2) / (BAR + BETWEEN))));
}
