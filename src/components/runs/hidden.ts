import type { TimeSpan } from "../../logql/ask";

/** Where a user's "hide before now" is kept. */
export const HIDDEN_KEY = "runs.hiddenBefore";

/** Reads the kept time, ms; undefined when nothing is hidden. */
export function parseHidden(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  return Number(text);
}

/** The part of a time that is not hidden; of a time that is hidden as a whole, its last moment. */
export function visibleSpan({ from, to }: TimeSpan, hiddenBefore: number | undefined): TimeSpan {
  if (hiddenBefore === undefined || hiddenBefore <= from) return { from, to };
  return { from: Math.min(hiddenBefore, to - 1), to };
}
