import type { Context, Hono } from "hono";
import type { Ask, RunRow, SignalItem } from "../../logql/ask/questions";
import { LokiError } from "../../logql/errors";
import type { RunsCursor, SignalsCursor } from "../../logql/readers";
import { type Listing, listing } from "./listing";
import { type ListParams, listParams, placeText } from "./params";
import { agentRecord, runDetails, runRecord, signalRow } from "./records";

export interface RestOptions {
  /** Answers over a Loki. */
  readonly ask: Ask;
  /** Wall clock, ms. */
  readonly now: () => number;
}

const NOT_CONFIGURED = "This collector has no Loki to ask: start it with --query-loki URL";
/** Runs are looked for in this time, ms. */
const RUN_RANGE_MS = 30 * 86_400_000;
/** Rows read for one page; a time with more is halved. */
const MOST_READ = 2000;
const PAGE = 500;

/** What scripts ask: agents, runs and signals of a Loki, as JSON. */
export function restRoutes(app: Hono, rest: RestOptions | undefined): void {
  const route = (path: string, answer: (c: Context, options: RestOptions) => Promise<Response>): void => {
    app.get(path, async (c) => {
      if (rest === undefined) return c.json({ error: NOT_CONFIGURED }, 503);
      try {
        return await answer(c, rest);
      } catch (error) {
        if (!(error instanceof LokiError)) throw error;
        return c.json({ error: error.message }, statusOf(error));
      }
    });
  };
  route("/v1/agents", agents);
  route("/v1/runs", runs);
  route("/v1/runs/:id", run);
  route("/v1/signals", signals);
}

function statusOf({ kind }: LokiError): 400 | 429 | 502 | 504 {
  if (kind === "timeout") return 504;
  if (kind === "too_many_requests") return 429;
  return kind === "refused" || kind === "limit" ? 400 : 502;
}

async function agents(c: Context, { ask, now }: RestOptions): Promise<Response> {
  const params = listParams(c.req.query(), now());
  if (typeof params === "string") return c.json({ error: params }, 400);
  const question = { range: { from: params.from, to: now() + 1 }, filter: { agents: params.agents } };
  const answer = await ask("agents", question, c.req.raw.signal);
  return c.json({ agents: answer.agents.map(agentRecord) });
}

async function run(c: Context, { ask, now }: RestOptions): Promise<Response> {
  const run_id = c.req.param("id") ?? "";
  const range = { from: now() - RUN_RANGE_MS, to: now() + 1 };
  const { found } = await ask("run", { range, run_id, agent_id: c.req.query("agent_id") }, c.req.raw.signal);
  if (found === undefined) return c.json({ error: "No line of the last 30 days names this run" }, 404);
  return c.json(runDetails(found));
}

async function runs(c: Context, { ask, now }: RestOptions): Promise<Response> {
  const params = listParams(c.req.query(), now());
  if (typeof params === "string") return c.json({ error: params }, 400);
  const page = await listing<RunRow>(
    params,
    now(),
    (from, to) =>
      readPages<RunRow, RunsCursor>(params, async (limit, cursor) => {
        const filter = { agents: params.agents };
        const answer = await ask("runs", { range: { from, to }, filter, limit, cursor }, c.req.raw.signal);
        return { rows: answer.runs, cursor: answer.cursor };
      }),
    ({ run: { at, run_id } }) => ({ at, id: run_id }),
  );
  return paged(c, { runs: page.rows.map(runRecord) }, page);
}

async function signals(c: Context, { ask, now }: RestOptions): Promise<Response> {
  const params = listParams(c.req.query(), now());
  if (typeof params === "string") return c.json({ error: params }, 400);
  const page = await listing<SignalItem>(
    params,
    now(),
    (from, to) =>
      readPages<SignalItem, SignalsCursor>(params, async (limit, cursor) => {
        const filter = { agents: params.agents };
        const answer = await ask("signals", { range: { from, to }, filter, limit, cursor }, c.req.raw.signal);
        return { rows: answer.signals, cursor: answer.cursor };
      }),
    ({ at, run_id, failure_type }) => ({ at: BigInt(Math.round(at * 1e6)), id: `${run_id} ${failure_type}` }),
  );
  return paged(c, { signals: page.rows.map(signalRow) }, page);
}

interface Page<T, C> {
  readonly rows: readonly T[];
  readonly cursor: C | undefined;
}

/** Pages of a time, newest first, up to what one answer may cost. */
async function readPages<T, C>(
  { forward, limit }: ListParams,
  read: (limit: number, cursor: C | undefined) => Promise<Page<T, C>>,
): Promise<{ rows: readonly T[]; all: boolean }> {
  const most = forward ? MOST_READ : limit;
  const rows: T[] = [];
  let cursor: C | undefined;
  do {
    const page = await read(Math.min(PAGE, most), cursor);
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined && rows.length < most);
  return { rows, all: cursor === undefined };
}

function paged<T>(c: Context, rows: object, { next, more }: Listing<T>): Response {
  const next_after = next === undefined ? null : placeText(next);
  if (next_after !== null) c.header("X-Dunetrace-Cursor", next_after);
  return c.json({ ...rows, next_after, has_more: more });
}
