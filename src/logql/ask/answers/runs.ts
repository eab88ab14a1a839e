import { asksForEnd, type RunFilter, runsWithoutVerdicts } from "../../builders";
import { listRuns, listSlowestRuns, type RunsPage } from "../../readers";
import { type Answerer, type AskContext, modeOf, nowOf, spanOf } from "../context";
import type { RunRow, RunsQuestion, VerdictMode } from "../questions";
import { rowsOf } from "../verdicts/rows";
import { passes } from "../verdicts/wanted";

const LIMIT = 100;
/** Where verdicts are computed, a page looks at so many runs at most to find those that are wanted. */
const MOST_LOOKED_AT = 3000;

/** Runs with their verdicts, a page at a time. */
export const runs: Answerer<"runs"> = async (question, context, signal) => {
  const mode = modeOf(context, question.mode);
  const judgesHere = await needsVerdicts(question, mode, context, signal);
  if (question.sort === "slowest") return slowest(question, mode, judgesHere, context, signal);
  return newest(question, mode, judgesHere, context, signal);
};

async function newest(
  question: RunsQuestion,
  mode: VerdictMode,
  judgesHere: boolean,
  context: AskContext,
  signal: AbortSignal | undefined,
) {
  const { range, filter = {}, statuses, limit = LIMIT } = question;
  const { scope, stallAfterMs } = context.settings;
  const span = spanOf(range);
  const asked = judgesHere ? withoutVerdicts(filter) : filter;
  const request = { ...span, scope, filter: asked, statuses, now: nowOf(context), stallAfterMs, signal };
  const rows: RunRow[] = [];
  let page: RunsPage | undefined;
  let cursor = question.cursor;
  let cut: RunsPage["cut"];
  // Each further page is larger, so that few questions find what is rare.
  for (let size = limit, seen = 0; seen < MOST_LOOKED_AT; seen += size, size *= 2) {
    page = await listRuns(context.api, { ...request, limit: Math.min(size, MOST_LOOKED_AT - seen), cursor });
    cut ??= page.cut;
    cursor = page.cursor;
    const found = await rowsOf(page.runs, context, { ...span, mode, signal });
    rows.push(...(judgesHere ? found.filter((row) => passes(row, filter)) : found));
    if (!judgesHere || cursor === undefined || rows.length >= limit) break;
  }
  return { runs: rows, more: cursor !== undefined, cursor, cut };
}

async function slowest(
  question: RunsQuestion,
  mode: VerdictMode,
  judgesHere: boolean,
  context: AskContext,
  signal: AbortSignal | undefined,
) {
  const { range, limit = LIMIT, filter = {} } = question;
  const span = spanOf(range);
  const asked = finished({ ...question, filter: judgesHere ? withoutVerdicts(filter) : filter });
  if (asked === undefined) return { runs: [], more: false, cursor: undefined, cut: undefined };
  const most = judgesHere ? Math.max(limit, MOST_LOOKED_AT) : limit;
  const request = { ...span, scope: context.settings.scope, filter: asked, limit: most, signal };
  const found = await listSlowestRuns(context.api, request);
  const rows = await rowsOf(found.runs, context, { ...span, mode, signal });
  const wanted = judgesHere ? rows.filter((row) => passes(row, filter)) : rows;
  const more = found.more || wanted.length > limit;
  return { runs: wanted.slice(0, limit), more, cursor: undefined, cut: found.cut };
}

/** Only finished runs have a duration. Undefined where none of the statuses is one of a finished run. */
function finished({ filter, statuses }: RunsQuestion): RunFilter | undefined {
  if (statuses === undefined) return filter ?? {};
  const ended = [
    ...(statuses.includes("completed") ? (["run.completed"] as const) : []),
    ...(statuses.includes("errored") ? (["run.errored"] as const) : []),
  ];
  return ended.length === 0 ? undefined : { ...filter, ended };
}

/** Whether the filter asks for verdicts that the lines do not tell: then the runs are judged before they are filtered. */
async function needsVerdicts(
  { range, filter = {} }: RunsQuestion,
  mode: VerdictMode,
  { api, settings }: AskContext,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { failure_types, min_severity } = filter;
  if (!asksForEnd({ failure_types, min_severity }) || mode === "recorded") return false;
  if (mode === "computed") return true;
  const query = runsWithoutVerdicts(settings.scope, filter);
  return (await api.logs({ query, ...spanOf(range), limit: 1, direction: "backward" }, signal)).length > 0;
}

function withoutVerdicts({ failure_types: _types, min_severity: _severity, ...filter }: RunFilter): RunFilter {
  return filter;
}
