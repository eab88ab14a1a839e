import type { SignalItem, SignalsAnswer } from "../../logql/ask";
import { keyOfSignal } from "./groups";

/** The signals of a list that is asked for again and again, and that can be loaded further. */
export interface SignalPages {
  /** What the list is of: another question begins anew. */
  readonly key: string;
  /** Newest first; undefined until the first answer. */
  readonly signals: readonly SignalItem[] | undefined;
  /** Where the next older page begins. */
  readonly cursor: SignalsAnswer["cursor"];
  readonly more: boolean;
  /** Pages after the first one are among them. */
  readonly further: boolean;
}

export const noSignals = (key: string): SignalPages => ({
  key,
  signals: undefined,
  cursor: undefined,
  more: false,
  further: false,
});

/**
 * Takes a newer first page. Older rows stay once further pages were loaded, unless more came meanwhile than a page holds:
 * then what lies between is not known, and the list begins anew.
 */
export function takeNewest(pages: SignalPages, page: SignalsAnswer): SignalPages {
  const { signals: before = [], further } = pages;
  const known = new Set(before.map(keyOfSignal));
  const adjoins = !page.more || page.signals.some((signal) => known.has(keyOfSignal(signal)));
  if (!further || !adjoins)
    return { ...pages, signals: page.signals, cursor: page.cursor, more: page.more, further: false };
  // A live signal that the first page no longer names was taken back or has become final.
  const older = before.filter(({ phase }) => phase === "final");
  return { ...pages, signals: joined(page.signals, older) };
}

/** Appends an older page. */
export function takeOlder(pages: SignalPages, page: SignalsAnswer): SignalPages {
  const { signals = [] } = pages;
  return { ...pages, signals: joined(signals, page.signals), cursor: page.cursor, more: page.more, further: true };
}

/** Each signal once, newest first; the first list says the newest of it. */
function joined(newer: readonly SignalItem[], older: readonly SignalItem[]): SignalItem[] {
  const known = new Set(newer.map(keyOfSignal));
  return [...newer, ...older.filter((signal) => !known.has(keyOfSignal(signal)))].sort((a, b) => b.at - a.at);
}
