import { wholeFacts } from "../../core/facts";
import type { ListedRun } from "../../core/judging";
import { listRuns } from "./listRuns";
import type { RunSummary } from "./runSummary";
import { readWholeRuns, type WholeRunsRequest } from "./wholeRuns";

export interface ListRequest extends WholeRunsRequest {
  readonly agent_id?: string | undefined;
  /** Only runs whose start or end holds this text. */
  readonly text?: string | undefined;
}

/** Runs of one question: their starts and ends fill the 5,000 lines that Loki hands out at once. */
const PAGE = 2475;

/**
 * All runs of the time asked for in pages, newest first: one query per page where producers state their facts.
 *
 * @throws LokiError
 */
export async function* listedRuns(request: ListRequest): AsyncGenerator<readonly ListedRun[]> {
  const { api, agent_id, text } = request;
  const range = { start: request.start, end: request.end, scope: request.scope, now: request.now, limit: PAGE };
  const filter = { agents: agent_id === undefined ? [] : [agent_id], text };
  const seen = new Set<string>();
  let cursor: Awaited<ReturnType<typeof listRuns>>["cursor"];
  do {
    const page = await listRuns(api, { ...range, filter, cursor });
    const fresh = page.runs.filter(({ run_id }) => !seen.has(run_id));
    for (const { run_id } of fresh) seen.add(run_id);
    yield await listed(fresh, request);
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** Runs whose terminal line does not tell enough come from their events. */
async function listed(page: readonly RunSummary[], request: ListRequest): Promise<readonly ListedRun[]> {
  const stated = new Map(page.map((summary) => [summary.run_id, statedRun(summary)]));
  const rest = page.filter(({ run_id }) => stated.get(run_id) === undefined);
  const rebuilt = await readWholeRuns(rest, request);
  return page.flatMap(({ run_id }) => stated.get(run_id) ?? rebuilt.get(run_id) ?? []);
}

/** The run as its terminal line states it; undefined of open runs and where the line lacks facts. */
export function statedRun(summary: RunSummary): ListedRun | undefined {
  const facts = wholeFacts(summary.facts, summary.facts_v);
  if (facts === undefined || summary.ended === undefined) return undefined;
  const { run_id, agent_id, agent_version, parent_run_id, status, exit_reason, ended, started_at, ended_at } = summary;
  const { signals, facts_v, rules, baseline, dropped_events } = summary;
  const recorded = {
    facts: summary.facts,
    facts_v,
    rules,
    baseline,
    signals: signals && Object.fromEntries(signals.map(({ failure_type, ...verdict }) => [failure_type, verdict])),
    dropped_events,
  };
  return {
    run_id,
    agent_id,
    agent_version,
    parent_run_id,
    status,
    exit_reason,
    ended,
    started_at,
    ended_at,
    facts,
    recorded,
  };
}
