import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { formatMicros } from "../../src/core/wire";
import {
  countRunsWithFacts,
  factOverTime,
  type LogqlText,
  type LokiApi,
  listAgents,
  listRuns,
  listVersions,
  readChildren,
  readRun,
  readSession,
  runsWithFacts,
  type Scope,
} from "../../src/logql";
import { hostileText } from "../../src/logql/builders/testArbitraries";

/** Versions of lines that are not whole or not as they should be. */
const ODD = ["", "cut", "noise", "words", "none"];

/** A Loki that holds the given lines under the labels a shipper would give them. */
export type Fill = (lines: readonly string[]) => Promise<{ readonly api: LokiApi; readonly scope: Scope }>;

/** Texts that a line can carry and Loki hands out as they are: it drops U+FFFD, which stands for broken text. */
function texts(count: number): string[] {
  const clean = hostileText().filter((text) => text !== "" && !/[\p{Surrogate}\ufffd]/u.test(text));
  return [...new Set(fc.sample(clean, { numRuns: count, seed: 11 }))];
}

/** Runs whose ids, sessions, versions and environments were written by somebody who knows LogQL. */
export function hostileValuesAreFound(fill: Fill): void {
  const atMicros = Date.now() * 1000 - 600_000_000;
  const values = texts(60);
  let api: LokiApi;
  let request: { readonly start: bigint; readonly end: bigint; readonly now: bigint; readonly scope: Scope };

  const line = (event_type: string, value: string, at: number, seq: number, payload: object): string =>
    JSON.stringify({
      ts: formatMicros(atMicros + at),
      level: "info",
      logger: "dunetrace",
      event_type,
      agent_id: "hostile",
      run_id: `r${value}`,
      step_index: 0,
      payload,
      agent_version: value,
      seq,
      schema: 1,
      parent_run_id: `p${value}`,
      session_id: value,
      tags: { environment: value },
    });

  beforeAll(async () => {
    const lines = values.flatMap((value, at) => [
      line("run.started", value, at * 1000, 0, { model: "m" }),
      line("run.completed", value, at * 1000 + 500, 1, { exit_reason: "completed", signals: {}, facts: { steps: at } }),
    ]);
    // What a crash leaves behind, and what another program writes, in the stream that counts are made of.
    const odd = [
      line("run.completed", "cut", 99_000, 1, {}).slice(0, -20),
      line("run.completed", "noise", 99_001, 1, {}).replace(/"run_id".*/s, "oops"),
      line("run.completed", "words", 99_002, 1, { facts: { steps: "many" } }),
      line("run.completed", "none", 99_003, 1, { facts: { steps: null } }),
    ];
    const { api: filled, scope } = await fill([...lines, ...odd]);
    api = filled;
    const now = BigInt(atMicros + 100_000) * 1000n;
    request = { start: now - 3_600_000_000_000n, end: now + 1n, now, scope };
  }, 60_000);

  it("are filters that pass their own runs and no others", async () => {
    for (const value of values) {
      for (const filter of [
        { session_id: value },
        { versions: [value] },
        { environment: value },
        { parent_run_id: `p${value}` },
      ]) {
        const { runs } = await listRuns(api, { ...request, filter });
        expect(
          runs.map(({ run_id }) => run_id),
          JSON.stringify(filter),
        ).toEqual([`r${value}`]);
      }
    }
  });

  it("are found by text", async () => {
    for (const value of values.slice(0, 20)) {
      const { runs } = await listRuns(api, { ...request, filter: { text: value } });
      expect(runs.map(({ run_id }) => run_id)).toContain(`r${value}`);
    }
  });

  it("name runs, their children and sessions", async () => {
    for (const value of values) {
      const { run, unreadable } = await readRun(api, { ...request, run_id: `r${value}` });
      expect([run?.run_id, run?.lines.length, unreadable]).toEqual([`r${value}`, 2, 0]);
      const children = await readChildren(api, { ...request, run_id: `p${value}` });
      expect(children.runs.map(({ run_id }) => run_id)).toEqual([`r${value}`]);
      const session = await readSession(api, { ...request, session_id: value });
      expect(session.runs.map(({ run_id }) => run_id)).toEqual([`r${value}`]);
    }
  });

  it("are counted, a broken line between them left out", async () => {
    const versions = await listVersions(api, request);
    const found = versions.filter(({ agent_version }) => !ODD.includes(agent_version));
    expect(found.map(({ agent_version }) => agent_version).sort()).toEqual([...values].sort());
    expect(found.every(({ completed }) => completed === 1)).toBe(true);
    const [agent] = await listAgents(api, request);
    expect(agent).toMatchObject({ agent_id: "hostile", started: values.length });
  });

  it("leave sums and thresholds as they are, where lines have no numbers", async () => {
    const { scope, now: time } = request;
    const window = { by: ["agent"] as const, windowMs: 3_600_000 };
    const steps = { ...window, fact: "steps" } as const;
    const value = async (query: LogqlText) => (await api.instant({ query, time })).map((sample) => sample.value);
    const last = values.length - 1;
    expect(await value(factOverTime(scope, {}, { ...steps, summary: "sum" }))).toEqual([(last * (last + 1)) / 2]);
    expect(await value(factOverTime(scope, {}, { ...steps, summary: 0.75 }))).toEqual([last * 0.75]);
    expect(await value(factOverTime(scope, {}, { ...steps, summary: "avg" }))).toEqual([last / 2]);
    expect(await value(factOverTime(scope, {}, { ...steps, summary: "max" }))).toEqual([last]);
    const most = [{ fact: "steps", op: ">=", value: last - 1 }] as const;
    expect(await value(countRunsWithFacts(scope, {}, most, window))).toEqual([2]);
    const query = runsWithFacts(scope, {}, most);
    const lines = await api.logs({ query, start: request.start, end: request.end, limit: 10, direction: "backward" });
    expect(lines).toHaveLength(2);
  });
}
