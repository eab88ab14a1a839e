import type { RunRow, RunsAnswer } from "../../logql/ask";

type Cursor = RunsAnswer["cursor"];

/** The rows of a list that is asked for again and again, and that can be loaded further. */
export interface Paging {
  /** What the list is of: another question begins anew. */
  readonly key: string;
  /** On screen, in the order of the list; undefined until the first answer. */
  readonly rows: readonly RunRow[] | undefined;
  /** The newest first page, whose new rows may still wait. */
  readonly first: RunsAnswer | undefined;
  /** Rows of further pages are among those on screen. */
  readonly further: boolean;
  readonly cursor: Cursor;
  readonly more: boolean;
}

export const noPages = (key: string): Paging => ({
  key,
  rows: undefined,
  first: undefined,
  further: false,
  cursor: undefined,
  more: false,
});

/** Tells runs apart: agents of two teams may use one id. */
export const keyOf = ({ run }: RunRow): string => JSON.stringify([run.agent_id, run.run_id]);

/**
 * Takes a newer first page. Where nothing holds the reader it is shown as it is; otherwise rows stay where they are and
 * show their newest state, and what is new waits.
 */
export function takeFirst(paging: Paging, first: RunsAnswer, held: boolean): Paging {
  if (paging.rows === undefined || (!held && !paging.further)) return shown(paging, first);
  return { ...paging, first, rows: refreshed(paging.rows, first.runs) };
}

/** Shows the rows that wait. Where more came than a page holds, what lies between is not known: the list begins anew. */
export function release(paging: Paging): Paging {
  const { first, rows = [] } = paging;
  if (first === undefined) return paging;
  const old = new Set(rows.map(keyOf));
  const adjoins = first.runs.some((row) => old.has(keyOf(row))) || !first.more;
  if (!paging.further || !adjoins) return shown(paging, first);
  return { ...paging, rows: joined(first.runs, rows) };
}

/** Appends a further page. */
export function takeFurther(paging: Paging, page: RunsAnswer): Paging {
  if (paging.rows === undefined) return paging;
  return { ...paging, rows: joined(paging.rows, page.runs), further: true, cursor: page.cursor, more: page.more };
}

/** Rows that are there and not on screen. */
export function waitingRows({ first, rows }: Paging): number {
  if (first === undefined || rows === undefined) return 0;
  const old = new Set(rows.map(keyOf));
  return first.runs.filter((row) => !old.has(keyOf(row))).length;
}

function shown(paging: Paging, first: RunsAnswer): Paging {
  return { ...paging, first, rows: first.runs, further: false, cursor: first.cursor, more: first.more };
}

function refreshed(rows: readonly RunRow[], newest: readonly RunRow[]): readonly RunRow[] {
  const byKey = new Map(newest.map((row) => [keyOf(row), row]));
  return rows.map((row) => byKey.get(keyOf(row)) ?? row);
}

/** Each run once, at its first place. */
function joined(before: readonly RunRow[], after: readonly RunRow[]): readonly RunRow[] {
  const known = new Set(before.map(keyOf));
  return [...before, ...after.filter((row) => !known.has(keyOf(row)))];
}
