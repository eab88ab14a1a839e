import type { LokiApi } from "../api";
import { type PagesRequest, pageLogs, type ReadEntry } from "./pageLogs";
import type { Cut } from "./request";

export interface Collected {
  readonly entries: readonly ReadEntry[];
  readonly cut: Cut | undefined;
}

/**
 * Reads the lines of a query into memory, at most so many.
 *
 * @throws LokiError
 */
export async function collectLogs(api: LokiApi, request: PagesRequest, maxLines: number): Promise<Collected> {
  const entries: ReadEntry[] = [];
  let cut: Cut | undefined;
  for await (const page of pageLogs(api, request)) {
    for (const read of page.entries) {
      if (entries.length >= maxLines) return { entries, cut: { reason: "lines", at: read.entry.ts } };
      entries.push(read);
    }
    if (page.crowded !== undefined) cut ??= { reason: "instant", at: page.crowded };
    if (entries.length >= maxLines && !page.done) {
      return { entries, cut: { reason: "lines", at: entries.at(-1)?.entry.ts ?? request.start } };
    }
  }
  return { entries, cut };
}
