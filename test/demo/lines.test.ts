import { beforeAll, describe, expect, it } from "vitest";
import { parseLine, parseMicros } from "../../src/core/wire";
import { AT, objectsOf, type Performed, perform, recordOf } from "./performance";

describe("the lines of the demo", () => {
  let performed: Performed;
  let lines: Record<string, unknown>[];
  beforeAll(async () => {
    performed = await perform("--runs", "400", "--seed", "7");
    lines = objectsOf(performed.lines);
  });
  const payloads = (event_type: string): Record<string, unknown>[] =>
    lines.filter((line) => line.event_type === event_type).map(({ payload }) => recordOf(payload));
  const distinct = (values: readonly unknown[]): number => new Set(values).size;

  it("are the same bytes for the same seed", async () => {
    expect(await perform("--runs", "400", "--seed", "7")).toEqual(performed);
  });

  it("are others for another seed", async () => {
    const other = await perform("--runs", "400", "--seed", "8");
    const run_ids = new Set(Object.keys(performed.manifest));
    expect(Object.keys(other.manifest).filter((run_id) => run_ids.has(run_id))).toEqual([]);
  });

  it("differ in nothing but their times at another time", async () => {
    const withoutTimes = (text: string): string => text.replaceAll(/"ts":"[^"]+"/g, "");
    const later = await perform("--runs", "400", "--seed", "7", "--at", "2027-02-01T00:00:00Z");
    expect(withoutTimes(later.lines)).toBe(withoutTimes(performed.lines));
    expect(later.lines).not.toBe(performed.lines);
  });

  it("are the same whatever a real agent is told in the environment", async () => {
    const settings = {
      DUNETRACE_CAPTURE: "full",
      DUNETRACE_HASH_KEY: "secret",
      DUNETRACE_VERSION: "9",
      DUNETRACE_ENDPOINT: "http://127.0.0.1:9",
      DUNETRACE_EMIT_AS_JSON: "true",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=elsewhere",
    };
    const before = { ...process.env };
    Object.assign(process.env, settings);
    try {
      expect(await perform("--runs", "400", "--seed", "7")).toEqual(performed);
      expect(process.env).toMatchObject(settings);
    } finally {
      for (const name of Object.keys(settings)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });

  it("are valid, in the order of their times, and carry the time of the event", () => {
    const times = performed.lines
      .split("\n")
      .slice(0, -1)
      .map((text) => {
        const read = parseLine(text);
        if (!read.ok) throw new Error(`${read.reason}: ${text}`);
        expect(read.oddFields).toBeUndefined();
        expect(read.line.written).toBeUndefined();
        return read.line.time;
      });
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
    const newest = times.at(-1) ?? 0;
    const at = parseMicros(AT) ?? 0;
    expect(newest).toBeLessThan(at);
    expect(at - newest).toBeLessThan(15 * 60_000_000);
    expect(newest - (times[0] ?? 0)).toBeGreaterThan(4 * 3_600_000_000);
  });

  it("have runs that overlap", () => {
    let open = 0;
    let most = 0;
    for (const { event_type } of lines) {
      if (event_type === "run.started") most = Math.max(most, ++open);
      if (event_type === "run.completed" || event_type === "run.errored") open--;
    }
    expect(most).toBeGreaterThan(5);
  });

  it("hold no content", () => {
    for (const text of ["pirate", "onion", "Aronsen", "database refused"]) expect(performed.lines).not.toContain(text);
  });

  it("have every kind of run", () => {
    const started = lines.filter((line) => line.event_type === "run.started");
    expect(distinct(started.map((line) => line.agent_id))).toBe(10);
    // Two deployments while 400 runs pass.
    expect(distinct(started.map((line) => line.agent_version))).toBeGreaterThanOrEqual(11);
    expect(payloads("deploy.marker")).toHaveLength(2);
    expect(distinct(started.map((line) => recordOf(line.payload).kind))).toBe(4);
    expect(started.filter((line) => line.parent_run_id !== undefined).length).toBeGreaterThan(3);
    expect(distinct(started.map((line) => line.session_id))).toBeGreaterThan(20);
    expect(distinct(started.map((line) => line.user_hash))).toBeGreaterThan(10);
    expect(distinct(started.map((line) => recordOf(line.tags).environment))).toBe(2);
    expect(payloads("run.started").some(({ tools }) => tools === undefined)).toBe(true);
    expect(payloads("run.started").some(({ input_hash }) => input_hash === "")).toBe(true);
  });

  it("have every end a run can have", () => {
    const ends = new Set(
      [...payloads("run.completed"), ...payloads("run.errored")].map(({ exit_reason }) => exit_reason),
    );
    expect([...ends].sort()).toEqual(
      ["aborted", "completed", "error", "final_answer", "handoff", "max_steps", "policy_violation"].sort(),
    );
    expect(Object.values(performed.manifest).some(({ status }) => status === "stalled")).toBe(true);
  });

  it("have streamed, unpriced and unmetered calls, turns, waits for people and outside events", () => {
    const facts = payloads("run.completed").map((payload) => recordOf(payload.facts));
    const some = (holds: (fact: Record<string, unknown>) => boolean): void => expect(facts.some(holds)).toBe(true);
    some((fact) => Number(fact.streaming_llm_calls) > 2);
    some((fact) => Number(fact.unpriced_llm_calls) > 2 && fact.cost_usd === undefined);
    some((fact) => Number(fact.unmetered_llm_calls) > 2);
    some((fact) => Number(fact.cost_usd) > 1);
    some((fact) => Number(fact.user_turns) > 3);
    some((fact) => Number(fact.duration_ms) - Number(fact.active_ms) > 100_000);
    expect(distinct(payloads("external.signal").map(({ signal_name }) => signal_name))).toBe(3);
  });

  it("tell signals while their runs go on, and once more at the end", () => {
    const phases = payloads("signal.detected").map(({ phase }) => phase);
    expect(phases.filter((phase) => phase === "live").length).toBeGreaterThan(20);
    const staged = Object.values(performed.manifest).filter(({ status }) => status !== "stalled");
    const final = staged.reduce((sum, { signals }) => sum + Object.keys(signals).length, 0);
    expect(phases.filter((phase) => phase === "final")).toHaveLength(final);
  });
});

describe("the baselines of the demo", () => {
  it("are what three in four usual runs stay below, but not by far", async () => {
    const { lines, manifest, files } = await perform("--runs", "1000", "--seed", "7");
    const usual = objectsOf(lines).filter(({ event_type, run_id }) => {
      const said = manifest[String(run_id)];
      return event_type === "run.completed" && Object.keys(said?.signals ?? {}).length === 0;
    });
    for (const [agent, versions] of Object.entries(recordOf(recordOf(JSON.parse(files.baselines)).agents))) {
      const facts = usual
        .filter(({ agent_id }) => agent_id === agent)
        .map(({ payload }) => recordOf(recordOf(payload).facts));
      for (const [fact, p75] of Object.entries(recordOf(recordOf(recordOf(versions)["*"]).p75))) {
        if (fact === "slowest_gap_ms") continue;
        const values = facts.map((found) => Number(found[fact])).sort((a, b) => a - b);
        const real = values[Math.floor(values.length * 0.75)] ?? Number.NaN;
        expect(real, `${agent} ${fact}`).toBeLessThanOrEqual(Number(p75) * 1.1);
        expect(real, `${agent} ${fact}`).toBeGreaterThan(Number(p75) * 0.6);
      }
    }
  });
});
