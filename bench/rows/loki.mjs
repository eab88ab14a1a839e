import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { RunAssembler, rebuildRun } from "../../lib/core.mjs";
import { countingApi, medians } from "../loki/asking.mjs";
import { demoLines, pushAll, pushBodies, timeOf } from "../loki/bodies.mjs";
import { emitRow } from "../loki/emit.mjs";
import { lokiModules } from "../loki/modules.mjs";
import { startLoki, startStore } from "../loki/programs.mjs";

const RUNS = 10_000;
const ROUNDS = 5;
const DAY_MS = 86_400_000;

/** @returns {Promise<import("../harness.mjs").Result[]>} */
export async function lokiRows() {
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-bench-"));
  const modules = await lokiModules();
  const programs = [];
  // Before anything listens: it blocks this process, and servers give idle connections up.
  const lines = demoLines(RUNS);
  const bodies = pushBodies(lines);
  try {
    const store = await startStore(folder);
    programs.push(store);
    const loki = await startLoki(folder);
    if (loki === undefined) console.log("Loki is not there (npm run loki:build): only the embedded store is measured.");
    else programs.push(loki);
    const asked = { modules, lines, end: BigInt(timeOf(lines[lines.length - 1])) + 1n };
    const places = programs.map((program) => ({ ...program, ...countingApi(modules.logql, program.url) }));
    const rows = [...(await ingestRows(places, bodies, lines.length))];
    for (const place of places) rows.push(...(await listRows(place, asked)), await whatIfRow(place, asked));
    rows.push(...(await queryRows(places, asked)), memoryRow(store, lines));
    const emit = loki && (await emitRow(folder, loki.url));
    return emit === undefined ? rows : [...rows, emit];
  } finally {
    for (const program of programs) await program.stop();
    modules.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

/** Both get the same bodies in turn. */
async function ingestRows(places, bodies, lines) {
  const times = places.map(() => 0);
  for (const body of bodies) {
    for (const [at, { url }] of places.entries()) {
      const start = performance.now();
      await pushAll(url, [body]);
      times[at] += performance.now() - start;
    }
  }
  const [store, loki] = times;
  if (loki === undefined) return [];
  return [
    {
      row: "loki",
      what: "store ingest, lines/s",
      peer: "Loki, same pushes as JSON",
      value: loki / store,
      unit: "×",
      bar: 0.5,
      atLeast: true,
      detail: `${Math.round((lines / store) * 1000)} against ${Math.round((lines / loki) * 1000)} lines/s, ${lines} lines`,
    },
  ];
}

/** The list of runs from terminal and start lines, against rebuilding all runs from all lines. */
async function listRows({ name, api, asked }, { modules: { logql }, end }) {
  const range = { start: end - BigInt(DAY_MS) * 1_000_000n, end, now: end };
  const count = async (request) => {
    asked.queries = 0;
    const { runs } = await logql.listRuns(api, { ...range, ...request });
    return { runs: runs.length, queries: asked.queries };
  };
  const finished = { limit: 2 * RUNS, statuses: ["completed", "errored"] };
  const first = await count({ ...finished, limit: 100 });
  const firstOpen = await count({ limit: 100 });
  const whole = await count(finished);
  const open = await count({ limit: 2 * RUNS });
  const times = await medians(
    [
      { name: "first", run: () => logql.listRuns(api, { ...range, ...finished, limit: 100 }) },
      { name: "whole", run: () => logql.listRuns(api, { ...range, ...finished }) },
      { name: "open", run: () => logql.listRuns(api, { ...range, limit: 2 * RUNS }) },
      { name: "raw", run: () => rebuiltRuns(logql, api, range) },
    ],
    3,
  );
  const of = (which) => times.get(which);
  const base = { row: "loki", peer: "none: an absolute bound", unit: "", atLeast: false };
  const listed = `${open.runs} with open ones in ${open.queries} queries, ${seconds(of("open"))}`;
  return [
    {
      ...base,
      what: `runs list, first page, queries, ${name}`,
      value: first.queries,
      bar: 2,
      detail: `${first.runs} finished runs in ${seconds(of("first"))}; ${firstOpen.queries} with open ones, to tell stalled from running`,
    },
    {
      ...base,
      what: `runs list, whole, queries, ${name}`,
      value: whole.queries,
      bar: 5,
      detail: `${whole.runs} finished runs in ${seconds(of("whole"))}; ${listed}`,
    },
    {
      row: "loki",
      what: `runs list, whole, ${name}`,
      peer: "rebuilt from raw events, same Loki",
      value: of("raw") / of("whole"),
      unit: "×",
      bar: 10,
      atLeast: true,
      detail: `${seconds(of("whole"))} against ${seconds(of("raw"))}`,
    },
  ];
}

async function rebuiltRuns(logql, api, range) {
  const assembler = new RunAssembler({ budget: Number.POSITIVE_INFINITY });
  const pages = logql.pageLogs(api, { query: logql.allLines({}), ...range, direction: "forward" });
  for await (const { entries } of pages) {
    for (const { parsed } of entries) if (parsed.ok) assembler.add(parsed.line);
  }
  return assembler.takeRest().map(({ lines }) => rebuildRun(lines));
}

async function whatIfRow({ name, api, asked }, { modules: { detectors }, end }) {
  asked.queries = 0;
  const queries = detectors.whatIfQueries("TOOL_LOOP", { windowMs: DAY_MS });
  let agents = 0;
  const run = async () => {
    for (const { query } of queries) agents = (await api.instant({ query, time: end })).length;
  };
  const times = await medians([{ name: "what-if", run }], ROUNDS);
  return {
    row: "loki",
    what: `what-if over 10,000 runs, ${name}`,
    peer: "none: an absolute bound",
    value: times.get("what-if"),
    unit: " ms",
    bar: 1000,
    atLeast: false,
    detail: `${queries.length} query, ${agents} agents, median of ${ROUNDS}`,
  };
}

/** The same questions to both. */
async function queryRows([store, loki], { modules: { logql }, lines, end }) {
  if (loki === undefined) return [];
  const range = { start: end - BigInt(DAY_MS) * 1_000_000n, end };
  const { run_id, agent_id } = JSON.parse(lines[Math.floor(lines.length / 2)]);
  const page = { ...range, limit: 100, direction: "backward" };
  const questions = {
    "page of runs": (api) => api.logs({ query: logql.finishedRuns({}), ...page }),
    "one run": (api) =>
      api.logs({ query: logql.runLines({}, { run_id, agent_id }), ...range, limit: 5000, direction: "forward" }),
    "signals an hour": (api) =>
      api.range({
        query: logql.signalRate({}, { by: ["failure_type"], windowMs: 3_600_000 }),
        ...range,
        stepMs: 3_600_000,
      }),
    "P75 of steps": (api) => api.instant({ query: logql.baselineP75({}, "steps", { per: "version" }), time: end }),
  };
  const times = await medians(
    Object.entries(questions).flatMap(([name, ask]) => [
      { name: `${name} store`, run: () => ask(store.api) },
      { name: `${name} loki`, run: () => ask(loki.api) },
    ]),
    ROUNDS,
  );
  return Object.keys(questions).map((name) => {
    const [own, other] = [times.get(`${name} store`), times.get(`${name} loki`)];
    return {
      row: "loki",
      what: `store query: ${name}`,
      peer: "Loki, same query and lines",
      value: other / own,
      unit: "×",
      bar: 0.2,
      atLeast: true,
      detail: `${own.toFixed(0)} against ${other.toFixed(0)} ms`,
    };
  });
}

function memoryRow(store, lines) {
  return {
    row: "loki",
    what: "store memory, 10,000 runs",
    peer: "none: an absolute bound",
    value: store.memoryMb(),
    unit: " MB",
    bar: 512,
    atLeast: false,
    detail: `resident, after all queries over ${lines.length} lines in a folder`,
  };
}
