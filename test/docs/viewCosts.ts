import type { LokiApi, Nanos } from "../../src/logql/api";
import { allLines, endedRuns } from "../../src/logql/builders";
import { factsQueries, judgedCount, whatIfQueries } from "../../src/logql/detectors";
import {
  listAgents,
  listRuns,
  listSignals,
  listSlowestRuns,
  listVersions,
  quietAgents,
  readBaselines,
  readChildren,
  readRun,
  readSignalRate,
} from "../../src/logql/readers";

export interface Asked {
  readonly api: LokiApi;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly agent_id: string;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const MOST_LINES = 5000;

/** The views, by their names in docs/capacity.md, and what each asks. */
export const VIEWS: Readonly<Record<string, (asked: Asked) => Promise<unknown>>> = {
  "runs, a page of 100": ({ api, start, end }) => listRuns(api, { start, end, now: end }),
  "failed runs of one agent": ({ api, start, end, agent_id }) =>
    listRuns(api, { start, end, now: end, filter: { agents: [agent_id] }, statuses: ["errored"] }),
  "slowest runs": ({ api, start, end }) => listSlowestRuns(api, { start, end }),
  "one run, found in the list": async ({ api, start, end }) => {
    const [run] = (await listRuns(api, { start, end, now: end, limit: 1, statuses: ["completed"] })).runs;
    if (run === undefined) throw new Error("no run has completed");
    await readRun(api, { run_id: run.run_id, agent_id: run.agent_id, start, end, now: end, around: run.at });
  },
  "runs nested in a run": ({ api, start, end }) => readChildren(api, { run_id: "none", start, end, now: end }),
  "signals, a page of 100": ({ api, start, end }) => listSignals(api, { start, end, now: end }),
  "signals by severity and hour": ({ api, start, end }) =>
    readSignalRate(api, { start, end, by: ["severity"], stepMs: HOUR_MS }),
  "ended runs by agent and hour": ({ api, start, end }) =>
    api.range({ query: endedRuns({}, {}, { by: ["agent"], windowMs: HOUR_MS }), start, end, stepMs: HOUR_MS }),
  agents: ({ api, start, end }) => listAgents(api, { start, end }),
  versions: ({ api, start, end }) => listVersions(api, { start, end }),
  "what-if, and of how many": async ({ api, end }) => {
    for (const { query } of whatIfQueries("TOOL_LOOP", { windowMs: WEEK_MS })) await api.instant({ query, time: end });
    await api.instant({ query: judgedCount({ windowMs: WEEK_MS }), time: end });
  },
  "computed signals of one detector": async ({ api, start, end }) => {
    for (const { query } of factsQueries("TOOL_LOOP").fires) {
      await api.logs({ query, start, end, limit: MOST_LINES, direction: "backward" });
    }
  },
  "baselines of all agents": ({ api, end }) => readBaselines(api, { at: end }),
  "quiet agents": ({ api, end }) => quietAgents(api, { now: end }),
  "live tail, one poll": ({ api, end }) =>
    api.logs({ query: allLines({}), start: end - 10_000_000_000n, end, limit: MOST_LINES, direction: "forward" }),
};

/** The same Loki, which counts its queries. */
export function counting(loki: LokiApi): { readonly api: LokiApi; taken(): number } {
  let queries = 0;
  const counted =
    <Request, Answer>(ask: (request: Request) => Promise<Answer>) =>
    (request: Request): Promise<Answer> => {
      queries++;
      return ask(request);
    };
  const api: LokiApi = {
    logs: counted((request: Parameters<LokiApi["logs"]>[0]) => loki.logs(request)),
    instant: counted((request: Parameters<LokiApi["instant"]>[0]) => loki.instant(request)),
    range: counted((request: Parameters<LokiApi["range"]>[0]) => loki.range(request)),
    labelValues: (name, request) => {
      queries++;
      return loki.labelValues(name, request);
    },
  };
  return {
    api,
    taken() {
      const taken = queries;
      queries = 0;
      return taken;
    },
  };
}
