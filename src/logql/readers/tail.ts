import type { Reduction } from "../../core/wire";
import type { LokiApi, Nanos } from "../api";
import { allLines, type LinesFilter, type Scope } from "../builders";
import { LokiError } from "../errors";
import { pageLogs, type ReadEntry } from "./pageLogs";
import { msToNanos } from "./request";

export interface TailRequest {
  readonly scope?: Scope | undefined;
  readonly filter?: LinesFilter | undefined;
  /** Lines from this time on. */
  readonly from: Nanos;
  readonly now: () => Nanos;
  /** Resolves after so many ms, and at once when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Pause between an answer and the next question, ms; 2,500 by default. */
  readonly pollMs?: number | undefined;
  /** How late a line may come in and still be seen, ms; 10,000 by default. */
  readonly overlapMs?: number | undefined;
  /** Told of an error after which the tail goes on. */
  readonly onError?: ((error: LokiError) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Turns raw content of Python 0.4 and later into hashes; without it such content counts as absent. */
  readonly reduction?: Reduction | undefined;
}

/** A clock of another machine may be ahead of ours by this much. */
const AHEAD_MS = 5000;

/**
 * Follows lines as they come in by asking again and again, one question at a time. Lines that come in late are seen as
 * long as they lie within the overlap; each line is handed out once. It ends when the signal aborts.
 *
 * @throws LokiError when asking again cannot help
 * @example
 * for await (const entries of tail(api, { from: now(), now, sleep, signal })) show(entries);
 */
export async function* tail(api: LokiApi, request: TailRequest): AsyncGenerator<readonly ReadEntry[]> {
  const { scope = {}, filter, from, now, sleep, pollMs = 2500, overlapMs = 10_000, signal, reduction } = request;
  const query = allLines(scope, filter);
  const seen = new Map<string, Nanos>();
  let start = from;
  while (signal?.aborted !== true) {
    const asked = now();
    const end = asked + msToNanos(AHEAD_MS);
    try {
      for await (const page of pageLogs(api, { query, start, end, direction: "forward", signal, reduction })) {
        const fresh = page.entries.filter(({ entry, key }) => {
          const whole = `${entry.ts} ${key}`;
          if (seen.has(whole)) return false;
          seen.set(whole, entry.ts);
          return true;
        });
        if (fresh.length > 0) yield fresh;
      }
      const overlap = asked - msToNanos(overlapMs);
      if (overlap > start) start = overlap;
      for (const [key, ts] of seen) if (ts < start) seen.delete(key);
    } catch (error) {
      if (!(error instanceof LokiError)) throw error;
      if (error.kind === "aborted") return;
      if (!error.retriable) throw error;
      request.onError?.(error);
    }
    await sleep(pollMs, signal);
  }
}
