import type { LogEntry, LokiApi } from "../../logql/api";
import { allLines, type Scope } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import type { MetLimit } from "./observations";
import type { Range } from "./range";

/** How many of the newest lines are looked at, and of which time; less where Loki has lowered limits. */
const ATTEMPTS = [
  { lines: 2000, longest: undefined },
  { lines: 500, longest: undefined },
  { lines: 500, longest: 3_600_000_000_000n },
  { lines: 100, longest: 900_000_000_000n },
] as const;

/** What the query is for, where it is not answered. */
export const NEWEST_LINES = "the newest lines";

export interface NewestLines {
  /** Newest first. */
  readonly entries: readonly LogEntry[];
  /** The time that Loki lets be asked for. */
  readonly range: Range;
}

/**
 * The newest lines of ours. A limit that is met is noted, and less is asked for then.
 *
 * @throws LokiError when the first query fails for anything but a limit
 */
export async function newestLines(api: LokiApi, scope: Scope, range: Range, limits: MetLimit[]): Promise<NewestLines> {
  let asked = range;
  for (const { lines, longest } of ATTEMPTS) {
    asked = longest === undefined ? range : { ...range, start: range.now - longest };
    if (asked.start < range.start) asked = range;
    try {
      const query = { query: allLines(scope), start: asked.start, end: asked.end, limit: lines };
      return { entries: await api.logs({ ...query, direction: "backward" }), range: asked };
    } catch (error) {
      if (!(error instanceof LokiError)) throw error;
      const isLimit = error.kind === "limit" || error.limit !== undefined;
      if (!isLimit && limits.length === 0) throw error;
      limits.push({ question: NEWEST_LINES, error });
      if (!isLimit) break;
    }
  }
  return { entries: [], range: asked };
}
