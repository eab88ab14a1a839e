import { allLines, type LinesFilter } from "../../builders";
import { type Answerer, millisOf, spanOf } from "../context";

const RUN_EVENTS = ["run.started", "run.completed", "run.errored"] as const;

/** The newest line of all, and the newest start or end of a run: two queries for one line each. */
export const freshness: Answerer<"freshness"> = async ({ range }, { api, settings }, signal) => {
  const newest = async (filter: LinesFilter): Promise<number | undefined> => {
    const query = allLines(settings.scope, filter);
    const [entry] = await api.logs({ query, ...spanOf(range), limit: 1, direction: "backward" }, signal);
    return entry && millisOf(entry.ts);
  };
  const [line, run] = await Promise.all([newest({}), newest({ event_types: RUN_EVENTS })]);
  return { newest: line, newest_run: run };
};
