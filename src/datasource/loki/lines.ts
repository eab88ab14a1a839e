import type { LogEntry, LogQuery } from "../../logql/api";
import { LokiError } from "../../logql/errors";

/** The most lines that Loki hands out at once. */
const MOST_LINES = 5000;
/** Lines asked for beyond those that are missing: some of them share their millisecond with lines that were read. */
const SPARE = 100;
const NS_PER_MS = 1_000_000n;
const floorMs = (ns: bigint): number => Number(ns / NS_PER_MS);

/** Asks for at most `maxLines` lines with `fromMs` ≤ time < `toMs`, in the order of the direction. */
export type AskLines = (fromMs: number, toMs: number, maxLines: number) => Promise<readonly LogEntry[]>;

/**
 * Lines of a span that Loki counts in nanoseconds and Grafana in milliseconds: more is asked for than is wanted, and what
 * lies outside is dropped; where that leaves too few lines, or the datasource hands out fewer than it was asked for, the
 * next ones are asked for.
 *
 * @param cap lines the datasource may hand out whatever it is asked for
 * @throws LokiError what `ask` rejects with; `limit` when a millisecond holds more lines than Loki hands out
 */
export async function collectLines(query: LogQuery, cap: number | undefined, ask: AskLines): Promise<LogEntry[]> {
  const { start, end, limit, direction } = query;
  const forward = direction === "forward";
  let fromMs = floorMs(start);
  let toMs = floorMs(end + NS_PER_MS - 1n);
  const found: LogEntry[] = [];
  let wanted = limit;
  while (fromMs < toMs) {
    const page = await ask(fromMs, toMs, wanted);
    for (const entry of page) if (entry.ts >= start && entry.ts < end) found.push(entry);
    const last = page.at(-1);
    const isWhole = page.length < wanted && page.length !== cap;
    if (last === undefined || isWhole || found.length >= limit) break;
    const edge = floorMs(last.ts);
    if (page[0] !== undefined && floorMs(page[0].ts) === edge) {
      // Only one millisecond came: ask for all of it, then go past it.
      if (wanted >= MOST_LINES || page.length === cap) throw crowded(edge);
      dropFrom(found, edge);
      wanted = MOST_LINES;
      continue;
    }
    dropFrom(found, edge);
    if (forward) fromMs = edge;
    else toMs = edge + 1;
    wanted = Math.min(limit - found.length + SPARE, MOST_LINES);
  }
  return found.slice(0, limit);
}

/** Takes back the lines of the millisecond at which the next page begins. */
function dropFrom(found: LogEntry[], edgeMs: number): void {
  while (found.length > 0) {
    const last = found[found.length - 1];
    if (last === undefined || floorMs(last.ts) !== edgeMs) return;
    found.pop();
  }
}

function crowded(ms: number): LokiError {
  return new LokiError({
    kind: "limit",
    limit: "max_entries_limit_per_query",
    message: `More lines than Loki hands out at once lie within the millisecond ${new Date(ms).toISOString()}; ask for fewer agents or another time`,
  });
}
