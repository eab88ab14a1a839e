import { beforeAll, describe, expect, it } from "vitest";
import { DetectorConfig, parseDetectorConfig } from "../../src/core/detectors";
import { type Run, rebuildRun } from "../../src/core/run";
import { isFailureType, parseLine } from "../../src/core/wire";
import { answerQuery } from "../../src/datasource/answers/answerQuery";
import type { QueryContext } from "../../src/datasource/answers/context";
import { answerVariable } from "../../src/datasource/answers/variables";
import type { Frame } from "../../src/datasource/frames/frame";
import { GrafanaLoki } from "../../src/datasource/loki/grafanaLoki";
import { migrateQuery } from "../../src/datasource/query/migrate";
import type { LokiApi } from "../../src/logql";
import { createAsk } from "../../src/logql/ask";
import { openStore } from "../../src/loki";
import { type Demo, demoLines } from "../logql/demoLines";
import { FakeLoki, makeTestRange } from "./fakeLoki";

const atMs = Date.now() - 60_000;
let demo: Demo;
let api: LokiApi;
let context: QueryContext;

beforeAll(async () => {
  demo = await demoLines(120, "3", atMs);
  const store = openStore({ clock: () => atMs });
  store.pushLines(demo.lines);
  const loki = new FakeLoki(store.api());
  api = new GrafanaLoki({ find: async () => loki, makeTimeRange: makeTestRange, now: () => atMs });
  context = {
    ask: createAsk(api, { scope: {}, config: new DetectorConfig(), now: () => atMs }),
    range: { from: atMs - 6 * 3_600_000, to: atMs },
    intervalMs: 60_000,
    limit: 1000,
    targets: { uid: "ours", loki: { uid: "loki-1", name: "Loki" }, scope: {} },
  };
}, 120_000);

const asked = (query: object): Promise<readonly Frame[]> =>
  answerQuery(migrateQuery({ refId: "A", ...query }), context);

function column(frame: Frame | undefined, name: string): readonly unknown[] {
  const field = frame?.fields.find((known) => known.name === name);
  if (field === undefined) throw new Error(`there is no field ${name}`);
  return field.values;
}

/** Every frame is a rectangle of plain values with names of its own. */
function expectWellFormed(frames: readonly Frame[]): void {
  for (const { fields, custom } of frames) {
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    expect(new Set(fields.map(({ values }) => values.length)).size).toBeLessThanOrEqual(1);
    for (const { values } of fields) expect(values.every((value) => value !== undefined)).toBe(true);
    expect(JSON.parse(JSON.stringify(custom ?? {}))).toEqual(custom ?? {});
  }
}

const some = (wanted: (run: Run) => boolean): Run => {
  const run = [...demo.runs.values()].find(wanted);
  if (run === undefined) throw new Error("the demo has no such run");
  return run;
};

describe("runs", () => {
  it("are a row each, with what core says of them", async () => {
    const frames = await asked({ queryType: "runs" });
    expectWellFormed(frames);
    const [frame] = frames;
    const ids = column(frame, "run_id");
    expect([...ids].sort()).toEqual([...demo.runs.keys()].sort());
    for (const [at, id] of ids.entries()) {
      const run = demo.runs.get(String(id));
      if (run?.ended === undefined) continue;
      expect(column(frame, "status")[at]).toBe(run.status);
      expect(column(frame, "duration_ms")[at]).toBe(run.facts.duration_ms);
      expect(column(frame, "cost_usd")[at]).toBe(run.facts.cost_usd ?? null);
    }
  });

  it("go on where the cursor says", async () => {
    const ids: unknown[] = [];
    let cursor: unknown;
    do {
      const [frame] = await asked({ queryType: "runs", limit: 50, ...(cursor === undefined ? {} : { cursor }) });
      ids.push(...column(frame, "run_id"));
      expect(frame?.custom?.more).toBe(frame?.custom?.cursor !== undefined);
      cursor = frame?.custom?.cursor;
    } while (cursor !== undefined);
    expect(new Set(ids).size).toBe(demo.runs.size);
  });
});

describe("one run", () => {
  it("has its steps in a table", async () => {
    const run = some(({ steps }) => steps.length > 3);
    const frames = await asked({ queryType: "run", runId: run.run_id });
    expectWellFormed(frames);
    expect(column(frames[0], "step_index")).toEqual(run.steps.map(({ step_index }) => step_index));
  });

  it("is the same run when it is rebuilt from the lines of its frame", async () => {
    for (const run of [...demo.runs.values()].slice(0, 25)) {
      const frames = await asked({ queryType: "run", runId: run.run_id, format: "logs" });
      expectWellFormed(frames);
      const lines = column(frames[0], "body").map((text) => {
        const parsed = parseLine(String(text));
        if (!parsed.ok) throw new Error(parsed.reason);
        return parsed.line;
      });
      const rebuilt = rebuildRun(lines);
      expect(rebuilt.lines).toEqual(run.lines);
      expect(rebuilt.facts).toEqual(run.facts);
    }
  });

  it("is a trace with one root, ids of their own and parents that are there", async () => {
    for (const run of [...demo.runs.values()].slice(0, 25)) {
      const frames = await asked({ queryType: "run", runId: run.run_id, format: "trace" });
      expectWellFormed(frames);
      const ids = column(frames[0], "spanID");
      const parents = column(frames[0], "parentSpanID");
      expect(new Set(ids).size).toBe(ids.length);
      expect(parents.filter((id) => id === null)).toHaveLength(1);
      expect(parents.every((id) => id === null || ids.includes(id))).toBe(true);
      expect(column(frames[0], "duration").every((ms) => typeof ms === "number" && ms >= 0)).toBe(true);
    }
  });

  it("shows nested runs in the trace of their parent", async () => {
    const child = some(({ parent_run_id }) => parent_run_id !== undefined);
    const [frame] = await asked({ queryType: "run", runId: child.parent_run_id, format: "trace" });
    expect(column(frame, "spanID")).toContain(child.run_id);
  });

  it("that is not there is a notice, not a failure", async () => {
    const [frame] = await asked({ queryType: "run", runId: 'no"such' });
    expect(frame?.fields).toEqual([]);
    expect(frame?.notices?.[0]?.text).toContain('no"such');
  });
});

describe("signals", () => {
  it("have the fields that the signals panel reads", async () => {
    const frames = await asked({ queryType: "signals", filter: { shadow: true, minSeverity: "LOW" } });
    expectWellFormed(frames);
    const [frame] = frames;
    expect(frame?.fields.map(({ name }) => name)).toEqual(
      (
        "time run_id agent_id agent_version session_id failure_type severity base_severity confidence shadow phase " +
        "provisional origin differs title what why evidence fixes step_index rate rate_share"
      ).split(" "),
    );
    expect(column(frame, "time").length).toBeGreaterThan(10);
    expect(column(frame, "failure_type").every((type) => isFailureType(String(type)))).toBe(true);
    expect(new Set(column(frame, "rate"))).not.toContain(null);
    const fixes: unknown = JSON.parse(String(column(frame, "fixes")[0]));
    expect(fixes).toEqual(expect.arrayContaining([expect.objectContaining({ description: expect.any(String) })]));
  });

  it("are marked where recorded and computed differ", async () => {
    const detectors = { default: { tool_loop: { threshold: 40 } } };
    const config = parseDetectorConfig(detectors, "detectors.yml");
    const ask = createAsk(api, { scope: {}, config, now: () => atMs });
    const query = migrateQuery({ queryType: "signals", filter: { failureTypes: ["TOOL_LOOP"] } });
    const [frame] = await answerQuery(query, { ...context, ask });
    expect(column(frame, "origin").every((origin) => origin === "recorded")).toBe(true);
    const final = column(frame, "differs").filter((_, at) => column(frame, "phase")[at] === "final");
    expect(new Set(final)).toEqual(new Set(["clear"]));
    expect(frame?.notices?.map(({ text }) => text).join()).toContain("differ");
  });

  it("add up in their rate", async () => {
    const final = [...demo.runs.values()].flatMap(({ recorded }) => Object.values(recorded?.signals ?? {}));
    const counted = final.filter(({ shadow, severity }) => !shadow && severity !== "LOW").length;
    const frames = await asked({ queryType: "signalRate", by: ["severity"], step: "1h" });
    expectWellFormed(frames);
    const sum = frames.flatMap((frame) => column(frame, "signals")).reduce((all: number, one) => all + Number(one), 0);
    expect(sum).toBe(counted);
    expect(frames.map(({ fields }) => fields[1]?.labels)).toContainEqual({ severity: "HIGH" });
  });
});

describe("what else there is to ask", () => {
  it("counts agents", async () => {
    const frames = await asked({ queryType: "agents" });
    expectWellFormed(frames);
    const agents = new Set([...demo.runs.values()].map(({ agent_id }) => agent_id));
    expect(column(frames[0], "agent_id")).toEqual([...agents].sort());
  });

  it("says what other thresholds would do", async () => {
    const query = { queryType: "whatIf", failureType: "TOOL_LOOP", thresholds: { threshold: "3, 50" } };
    const frames = await asked(query);
    expectWellFormed(frames);
    const [today, stricter, laxer] = column(frames[0], "fired").map(Number);
    expect(today).toBeLessThanOrEqual(stricter ?? -1);
    expect(laxer).toBe(0);
    const runs = await asked({ ...query, format: "runs" });
    expectWellFormed(runs);
    expect(runs.map((frame) => column(frame, "run_id").length)).toEqual([stricter, 0]);
  });

  it("marks signals, deployments and fixes", async () => {
    for (const annotation of ["signals", "deploys", "fixes"]) {
      const frames = await asked({ queryType: "annotations", annotation });
      expectWellFormed(frames);
      const marks = column(frames[0], "text");
      if (annotation !== "fixes") expect(marks.length).toBeGreaterThan(0);
    }
  });

  it("gives the values of variables, within their filter", async () => {
    const valuesOf = async (query: object) =>
      (await answerVariable({ refId: "v", version: 1, kind: "agents", ...query }, context)).map(({ value }) => value);
    const agents = await valuesOf({ kind: "agents" });
    const [agent = ""] = agents;
    const runs = await valuesOf({ kind: "runs", filter: { agents: [agent] } });
    expect(runs.every((id) => demo.runs.get(id)?.agent_id === agent)).toBe(true);
    const versions = await valuesOf({ kind: "versions", filter: { agents: [agent] } });
    const known = [...demo.runs.values()].filter((run) => run.agent_id === agent && run.ended !== undefined);
    expect(new Set(versions)).toEqual(new Set(known.map(({ agent_version }) => agent_version)));
    expect((await valuesOf({ kind: "failureTypes" })).length).toBe(23);
  });

  it("refuses what makes no sense in a sentence", async () => {
    await expect(asked({ queryType: "runs", filter: { minSeverity: "BAD" } })).rejects.toThrow('"BAD" is no severity');
    await expect(asked({ queryType: "runs", cursor: "x" })).rejects.toThrow("cursor");
    await expect(asked({ queryType: "whatIf", failureType: "TOOL_LOOP", thresholds: { nope: "1" } })).rejects.toThrow(
      'no threshold "nope"',
    );
  });
});
