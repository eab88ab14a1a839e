import type { FetchResponse } from "./platform";

/** Longer waits are cut to this: somebody waits for the answer. */
const LONGEST_WAIT_MS = 30_000;

/**
 * How long a busy server (429, 503) asks to be left alone, ms, 30 s at most; undefined when it does not say. A date is
 * compared with the server's own `Date`, so that no clock of ours matters.
 */
export function retryAfterMs({ status, headers }: FetchResponse): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const text = headers.get("retry-after")?.trim() ?? "";
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
