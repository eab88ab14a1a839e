import { type AgentsQuery, QUERY_VERSION } from "./types";

/** What a new query asks: the newest runs, so that something shows at once. */
export const DEFAULT_QUERY = { version: QUERY_VERSION, queryType: "runs", sort: "newest" } as const satisfies Omit<
  AgentsQuery,
  "refId"
>;

/** Bars of `signalRate` where the query does not say. */
export const DEFAULT_RATE_GROUPS = ["severity"] as const;

/** Whether a query can be asked: a run needs its id, a what-if its detector. */
export function isComplete(query: AgentsQuery): boolean {
  if (query.hide === true) return false;
  if (query.queryType === "run") return (query.runId ?? "").trim() !== "";
  if (query.queryType === "whatIf") return (query.failureType ?? "").trim() !== "";
  return true;
}
