import { isAfter, type ListParams, type Place } from "./params";

/** Rows of a time, newest first or in any order, and whether they are all. */
export type ReadRows<T> = (from: number, to: number) => Promise<{ readonly rows: readonly T[]; readonly all: boolean }>;

export interface Listing<T> {
  /** Oldest first. */
  readonly rows: readonly T[];
  readonly next: Place | undefined;
  readonly more: boolean;
}

/** Lines that are written now may be in the store only so much later, ms: a cursor never passes them. */
const SETTLE_MS = 5000;
/** Loki answers for 30 days at once. */
const WINDOW_MS = 30 * 86_400_000;
/** Nothing older is looked for. */
const MOST_BACK_MS = 366 * 86_400_000;
/** A time is halved so often at most to find its oldest rows. */
const MOST_HALVES = 20;

/**
 * One page of a list that grows. Asked for what came after a place, it goes forward: nothing is left out between two pages,
 * whatever is written meanwhile; asked for nothing but a limit, it has the newest.
 *
 * @param now ms
 */
export async function listing<T>(
  params: ListParams,
  now: number,
  read: ReadRows<T>,
  placeOf: (row: T) => Place,
): Promise<Listing<T>> {
  const { limit, after, forward } = params;
  const settled = nanosOf(now - SETTLE_MS);
  let from = forward ? Math.max(params.from, now - MOST_BACK_MS) : params.from;
  let to = forward ? Math.min(now + 1, from + WINDOW_MS) : now + 1;
  let found = await read(from, to);
  while (forward && found.all && found.rows.length === 0 && to <= now) {
    from = to;
    to = Math.min(now + 1, from + WINDOW_MS);
    found = await read(from, to);
  }
  // Rows are read newest first; the oldest are those of a time short enough to be read whole.
  for (let half = 0; forward && !found.all && half < MOST_HALVES && to - from > 1; half++) {
    to = from + Math.max(1, Math.floor((to - from) / 2));
    found = await read(from, to);
  }
  const end = nanosOf(to);
  const placed = found.rows
    .map((row) => ({ row, place: placeOf(row) }))
    .filter(({ place }) => after === undefined || isAfter(after, place))
    .filter(({ place }) => !forward || (place.at <= settled && place.at < end))
    .sort((a, b) => (isAfter(a.place, b.place) ? -1 : 1));
  const page = forward ? placed.slice(0, limit) : placed.slice(-limit);
  const isPart = forward && to <= now;
  const last = page.findLast(({ place }) => place.at <= settled)?.place;
  const isRead = isPart && page.length === placed.length;
  return {
    rows: page.map(({ row }) => row),
    next: isRead ? { at: end < settled ? end : settled, id: "" } : (last ?? after),
    more: forward && (page.length < placed.length || isPart),
  };
}

const nanosOf = (ms: number): bigint => BigInt(Math.trunc(ms)) * 1_000_000n;
