/** What takes long is asked again after so many times as long: a question keeps a slow Loki busy a fifth of the time at most. */
const REST = 4;
/** Longest rest, ms: a view is never older than that by itself. */
const MOST_REST_MS = 30_000;

/**
 * How long to wait before the same question is asked again, ms.
 *
 * @param tookMs how long its answer took, ms
 * @param leastMs the shortest wait, ms
 */
export function restAfter(tookMs: number, leastMs: number): number {
  return Math.max(leastMs, Math.min(MOST_REST_MS, REST * tookMs));
}
