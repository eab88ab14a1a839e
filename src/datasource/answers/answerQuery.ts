import { t } from "../../components/text";
import type { RateContext, SignalsAnswer } from "../../logql/ask";
import type { Frame, FrameNotice } from "../frames/frame";
import { agentsFrame, signalRateFrames, whatIfFrame, whatIfRunsFrames } from "../frames/others";
import { linesFrame, noRunFrame, stepsFrame } from "../frames/run";
import { runsFrame } from "../frames/runs";
import { rateLookup, signalsFrame } from "../frames/signals";
import { traceFrame } from "../frames/trace";
import {
  candidatesOf,
  failureTypeOf,
  identityFilterOf,
  runFilterOf,
  signalFilterOf,
  statusesOf,
  stepOf,
  timeOf,
} from "../query/asked";
import { decodeCursor } from "../query/cursor";
import { DEFAULT_RATE_GROUPS } from "../query/defaults";
import { QueryProblem } from "../query/problem";
import type { AgentsQuery } from "../query/types";
import { answerAnnotation } from "./annotations";
import type { QueryContext } from "./context";

/** Rows at most, whatever a query says. */
const MOST_ROWS = 5000;

/**
 * Answers a query whose variables are already in place.
 *
 * @throws QueryProblem when it cannot be asked; LokiError when it could not be answered
 */
export async function answerQuery(query: AgentsQuery, context: QueryContext): Promise<readonly Frame[]> {
  switch (query.queryType) {
    case "runs":
      return [await answerRuns(query, context)];
    case "run":
      return [await answerRun(query, context)];
    case "signals":
      return [await answerSignals(query, context)];
    case "signalRate":
      return answerSignalRate(query, context);
    case "agents":
      return [await answerAgents(query, context)];
    case "whatIf":
      return answerWhatIf(query, context);
    case "annotations":
      return [await answerAnnotation(query, context)];
  }
}

const limitOf = (query: AgentsQuery, { limit }: QueryContext): number => Math.min(query.limit ?? limit, MOST_ROWS);

async function answerRuns(query: AgentsQuery, context: QueryContext): Promise<Frame> {
  const { ask, range, signal, targets } = context;
  const { sort, mode } = query;
  const question = {
    range,
    filter: runFilterOf(query.filter),
    statuses: statusesOf(query.statuses),
    sort,
    mode,
    limit: limitOf(query, context),
    cursor: decodeCursor(query.cursor),
  };
  return runsFrame(await ask("runs", question, signal), targets);
}

async function answerRun(query: AgentsQuery, { ask, range, signal }: QueryContext): Promise<Frame> {
  const run_id = query.runId?.trim() ?? "";
  if (run_id === "") throw new QueryProblem("Name the run: its id, or a variable that holds one.");
  const agents = query.filter?.agents ?? [];
  const agent_id = agents.length === 1 ? agents[0] : undefined;
  const question = { range, run_id, agent_id, around: timeOf(query.at), mode: query.mode };
  const { found, cut } = await ask("run", question, signal);
  if (found === undefined) return noRunFrame(run_id);
  if (query.format === "logs") return linesFrame(found, cut);
  if (query.format === "trace") return traceFrame(found, cut);
  return stepsFrame(found, cut);
}

async function answerSignals(query: AgentsQuery, context: QueryContext): Promise<Frame> {
  const { ask, range, signal, targets } = context;
  const question = {
    range,
    filter: signalFilterOf(query.filter),
    mode: query.mode,
    limit: limitOf(query, context),
    cursor: decodeCursor(query.cursor),
  };
  const answer = await ask("signals", question, signal);
  const { rates, notices } = await ratesOf(answer, context);
  return signalsFrame(answer, rateLookup(rates), targets, notices);
}

/** The rate context of the signals: what is shown without it is still worth showing. */
async function ratesOf(
  { signals }: SignalsAnswer,
  { ask, range, signal }: QueryContext,
): Promise<{ readonly rates: readonly RateContext[]; readonly notices: readonly FrameNotice[] }> {
  const pairs = new Map(
    signals.map(({ agent_id, failure_type }) => [JSON.stringify([agent_id, failure_type]), { agent_id, failure_type }]),
  );
  if (pairs.size === 0) return { rates: [], notices: [] };
  try {
    const { rates } = await ask("rates", { at: range.to, of: [...pairs.values()] }, signal);
    return { rates, notices: [] };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const text = t("datasource.rates-failed", "How often these signals came up before is not known: {{reason}}", {
      reason,
    });
    return { rates: [], notices: [{ severity: "warning", text }] };
  }
}

async function answerSignalRate(query: AgentsQuery, context: QueryContext): Promise<readonly Frame[]> {
  const { ask, range, signal, intervalMs } = context;
  const stepMs = stepOf(query.step, intervalMs, range.to - range.from);
  const by = query.by ?? DEFAULT_RATE_GROUPS;
  return signalRateFrames(await ask("signalRate", { range, filter: signalFilterOf(query.filter), by, stepMs }, signal));
}

async function answerAgents(query: AgentsQuery, { ask, range, signal, targets }: QueryContext): Promise<Frame> {
  return agentsFrame(await ask("agents", { range, filter: identityFilterOf(query.filter) }, signal), targets);
}

async function answerWhatIf(query: AgentsQuery, context: QueryContext): Promise<readonly Frame[]> {
  const { ask, range, signal, targets } = context;
  if (query.failureType === undefined) throw new QueryProblem("Choose the detector of the what-if.");
  const failure_type = failureTypeOf(query.failureType);
  const runs = query.format === "runs" ? limitOf(query, context) : undefined;
  const candidates = candidatesOf(query, failure_type);
  const answer = await ask(
    "whatIf",
    { range, failure_type, candidates, filter: runFilterOf(query.filter), runs },
    signal,
  );
  return query.format === "runs" ? whatIfRunsFrames(answer, targets) : [whatIfFrame(answer, failure_type)];
}
