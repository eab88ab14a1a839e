import { beforeAll, expect, it } from "vitest";
import { computeBaselines } from "../../src/core/baselines";
import type { Run } from "../../src/core/run";
import { FAILURE_TYPES, severityRank } from "../../src/core/wire";
import {
  type LokiApi,
  listAgents,
  listRuns,
  listSignals,
  listSlowestRuns,
  listVersions,
  nanosOf,
  quietAgents,
  type RunSummary,
  type RunsPage,
  readBaselines,
  readChildren,
  readRun,
  readSession,
  readSignalRate,
  type Scope,
} from "../../src/logql";
import { type Demo, demoLines } from "./demoLines";

/** A Loki that holds the lines of the demo. */
export interface Filled {
  readonly api: LokiApi;
  /** Selects the lines of this test in a Loki that others use too. */
  readonly scope: Scope;
}

/** As long as the demo lasts, and some more: Loki takes an hour at a time. */
const SPAN_NS = 6n * 3_600_000_000_000n;

/** Every reader against a Loki gives what core makes of the same lines. */
export function readersAgree(fill: (demo: Demo) => Promise<Filled>): void {
  // Whole milliseconds in the past, so that nothing lies in the future of a real Loki.
  const atMs = Date.now() - 60_000;
  const now = BigInt(atMs) * 1_000_000n;
  let demo: Demo;
  let api: LokiApi;
  let request: { readonly start: bigint; readonly end: bigint; readonly now: bigint; readonly scope: Scope };
  beforeAll(async () => {
    demo = await demoLines(300, "7", atMs);
    const filled = await fill(demo);
    api = filled.api;
    request = { start: now - SPAN_NS, end: now + 1n, now, scope: filled.scope };
  }, 120_000);

  const allRuns = () => [...demo.runs.values()];
  const ended = () => allRuns().filter((run) => run.ended !== undefined);

  async function listed(limit: number): Promise<RunsPage[]> {
    const pages = [await listRuns(api, { ...request, limit })];
    for (let cursor = pages[0]?.cursor; cursor !== undefined; cursor = pages.at(-1)?.cursor) {
      pages.push(await listRuns(api, { ...request, limit, cursor }));
    }
    return pages;
  }

  const shown = (run: RunSummary) => ({
    run_id: run.run_id,
    agent_id: run.agent_id,
    agent_version: run.agent_version,
    session_id: run.session_id,
    parent_run_id: run.parent_run_id,
    tags: run.tags,
    status: run.status,
    exit_reason: run.exit_reason,
    facts: run.facts,
    signals:
      run.signals && Object.fromEntries(run.signals.map(({ failure_type, ...verdict }) => [failure_type, verdict])),
  });
  const wanted = (run: Run) => ({
    run_id: run.run_id,
    agent_id: run.agent_id,
    agent_version: run.agent_version,
    session_id: run.session_id,
    parent_run_id: run.parent_run_id,
    tags: run.tags,
    status: run.status,
    exit_reason: run.exit_reason,
    facts: run.recorded?.facts,
    signals: run.recorded?.signals,
  });
  const byId = <T extends { readonly run_id: string }>(items: readonly T[]): T[] =>
    [...items].sort((a, b) => (a.run_id < b.run_id ? -1 : 1));

  it.each([7, 37, 5000])("list all runs in pages of %i", async (limit) => {
    const pages = await listed(limit);
    const runs = pages.flatMap((page) => page.runs);
    expect(byId(runs.map(shown))).toEqual(byId(allRuns().map(wanted)));
    expect(runs.map(({ at }) => at)).toEqual(runs.map(({ at }) => at).sort((a, b) => (a < b ? 1 : -1)));
    expect(pages.every(({ cut }) => cut === undefined)).toBe(true);
    for (const page of pages.slice(0, -1)) expect(page.runs).toHaveLength(limit);
  });

  it("list the slowest runs", async () => {
    const { runs, more, cut } = await listSlowestRuns(api, { ...request, limit: 10 });
    const slowest = ended()
      .map(({ recorded }) => recorded?.facts?.duration_ms ?? 0)
      .sort((a, b) => b - a);
    expect(runs.map(({ duration_ms }) => duration_ms)).toEqual(slowest.slice(0, 10));
    expect([more, cut]).toEqual([true, undefined]);
  });

  it("know when a run started, to the ms where only its end was read", async () => {
    for (const run of (await listed(37)).flatMap((page) => page.runs)) {
      const started = demo.runs.get(run.run_id)?.started_at ?? Number.NaN;
      // Events after the end count for the duration but not for the time of the terminal line.
      if (run.model !== undefined) expect(run.started_at).toBe(started);
    }
  });

  it("filter runs as the lines say", async () => {
    const ids = async (filter: Parameters<typeof listRuns>[1]["filter"]) =>
      (await listRuns(api, { ...request, limit: 5000, filter })).runs.map(({ run_id }) => run_id).sort();
    const those = (test: (run: Run) => boolean) =>
      allRuns()
        .filter(test)
        .map(({ run_id }) => run_id)
        .sort();
    const counted = (run: Run, least: number, type?: string) =>
      Object.entries(run.recorded?.signals ?? {}).some(
        ([name, verdict]) => (type ?? name) === name && !verdict.shadow && severityRank(verdict.severity) >= least,
      );
    const [agent] = allRuns().map(({ agent_id }) => agent_id);
    expect(await ids({ agents: [agent ?? ""] })).toEqual(those(({ agent_id }) => agent_id === agent));
    expect(await ids({ min_severity: "HIGH" })).toEqual(those((run) => counted(run, 2)));
    for (const type of FAILURE_TYPES.slice(0, 6)) {
      expect(await ids({ failure_types: [type] }), type).toEqual(those((run) => counted(run, 0, type)));
    }
    expect(await ids({ ended: ["run.errored"] })).toEqual(those(({ status }) => status === "errored"));
    const version = allRuns().find(({ agent_version }) => agent_version !== undefined)?.agent_version ?? "";
    expect(await ids({ versions: [version] })).toEqual(those(({ agent_version }) => agent_version === version));
    expect(await ids({ environment: "production" })).toEqual(those(({ tags }) => tags?.environment === "production"));
  });

  it("rebuild single runs from their own lines alone", async () => {
    for (const run of allRuns().filter((_run, at) => at % 13 === 0)) {
      const around = nanosOf(run.ended_at);
      for (const more of [{}, { around }, { around, agent_id: run.agent_id }]) {
        const found = await readRun(api, { ...request, run_id: run.run_id, ...more });
        expect(found.run?.facts).toEqual(run.facts);
        expect(found.run?.status).toBe(run.status);
        expect(found.lines).toHaveLength(run.lines.length);
        expect([found.unreadable, found.cut]).toEqual([0, undefined]);
      }
    }
  });

  it("find nested runs and sessions", async () => {
    const parents = new Set(allRuns().flatMap(({ parent_run_id }) => parent_run_id ?? []));
    expect(parents.size).toBeGreaterThan(0);
    for (const run_id of [...parents].slice(0, 5)) {
      const { runs } = await readChildren(api, { ...request, run_id });
      const children = allRuns().filter((run) => run.parent_run_id === run_id);
      expect(byId(runs.map(shown))).toEqual(byId(children.map(wanted)));
    }
    const sessions = new Set(allRuns().flatMap(({ session_id }) => session_id ?? []));
    for (const session_id of [...sessions].slice(0, 5)) {
      const { runs } = await readSession(api, { ...request, session_id });
      const together = allRuns().filter((run) => run.session_id === session_id);
      expect(byId(runs.map(shown))).toEqual(byId(together.map(wanted)));
    }
  });

  const signalsOf = (run: Run) =>
    Object.entries(run.recorded?.signals ?? {})
      .filter(([, verdict]) => !verdict.shadow && verdict.severity !== "LOW")
      .map(([type, verdict]) => `${run.run_id} ${type} ${verdict.severity} ${verdict.confidence}`);

  it("list recorded signals, and live ones of open runs", async () => {
    const rows: string[] = [];
    const live = new Set<string>();
    let cursor: Parameters<typeof listSignals>[1]["cursor"];
    do {
      const page = await listSignals(api, { ...request, limit: 23, cursor });
      for (const row of page.signals) {
        if (row.phase === "live") live.add(row.run_id);
        else rows.push(`${row.run_id} ${row.failure_type} ${row.severity} ${row.confidence}`);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(rows.sort()).toEqual(ended().flatMap(signalsOf).sort());
    const open = allRuns().filter((run) => run.ended === undefined);
    const loud = open.filter((run) =>
      run.lines.some((line) => line.event_type === "signal.detected" && !("unknown" in line) && !line.payload.shadow),
    );
    expect([...live].sort()).toEqual(loud.map(({ run_id }) => run_id).sort());
  });

  it("count signals over time", async () => {
    const stepMs = 600_000;
    const series = await readSignalRate(api, { ...request, by: ["agent", "failure_type", "severity"], stepMs });
    const counts = new Map<string, number>();
    for (const { agent_id, failure_type, severity, points } of series) {
      const sum = points.reduce((all, { value }) => all + value, 0);
      counts.set(`${agent_id} ${failure_type} ${severity}`, sum);
    }
    const expected = new Map<string, number>();
    for (const run of ended()) {
      for (const text of signalsOf(run)) {
        const [, type, severity] = text.split(" ");
        const key = `${run.agent_id} ${type} ${severity}`;
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
    }
    expect([...counts].sort()).toEqual([...expected].sort());
  });

  it("count runs of agents and versions", async () => {
    const agents = await listAgents(api, request);
    expect(agents.map(({ agent_id }) => agent_id)).toEqual([...new Set(allRuns().map((run) => run.agent_id))].sort());
    for (const agent of agents) {
      const own = allRuns().filter(({ agent_id }) => agent_id === agent.agent_id);
      const of = (status: Run["status"]) => own.filter((run) => run.status === status).length;
      expect(agent).toMatchObject({ started: own.length, completed: of("completed"), failed: of("errored") });
      expect(agent.last_run_at).toBeDefined();
    }
    const versions = await listVersions(api, request);
    for (const { agent_id, agent_version, completed, failed } of versions) {
      const own = ended().filter((run) => run.agent_id === agent_id && run.agent_version === agent_version);
      expect(completed + failed, `${agent_id} ${agent_version}`).toBe(own.length);
    }
    expect(versions.reduce((sum, { completed, failed }) => sum + completed + failed, 0)).toBe(ended().length);
    expect((await quietAgents(api, { ...request, quietMs: 1 })).length).toBe(agents.length);
  });

  it.each([20, 3])("compute baselines over %i runs or more as core does", async (minRuns) => {
    const { file } = await readBaselines(api, { ...request, at: now, minRuns, windowDays: 1 });
    expect(file).toEqual(computeBaselines(allRuns(), { now: atMs * 1000, minRuns, windowDays: 1 }));
    expect(Object.keys(file.agents).length).toBeGreaterThan(0);
  });
}
