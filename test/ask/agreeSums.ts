import { expect, it } from "vitest";
import { type ParseResult, parseLine } from "../../src/core/wire";
import type { CliRun } from "./demo";
import { counted, HOUR, type World } from "./world";

/** Totals, agents and versions are sums over the runs. */
export function sumsAgree(world: World): void {
  const sumOf = (runs: readonly CliRun[], fact: string) => {
    const values = runs.flatMap(({ facts }) => (typeof facts[fact] === "number" ? [facts[fact]] : []));
    return { sum: values.reduce((all, value) => all + value, 0), count: values.length, values };
  };

  it("totals are sums over the runs", async () => {
    const totals = await world.asking()("totals", { range: world.range });
    const cost = sumOf(world.ended(), "cost_usd");
    const duration = sumOf(world.ended(), "duration_ms");
    expect(totals).toMatchObject({
      started: world.demo.computed.size,
      completed: world.ended().filter(({ status }) => status === "completed").length,
      failed: world.ended().filter(({ status }) => status === "errored").length,
      unpriced: world.ended().length - cost.count,
      signals: world.recordedOnes().flatMap((run) => counted(run, "HIGH")).length,
    });
    expect(totals.cost_usd).toBeCloseTo(cost.sum, 6);
    expect(totals.average_duration_ms).toBeCloseTo(duration.sum / duration.count, 3);
    const values = duration.values.sort((a, b) => a - b);
    const place = (values.length - 1) * 0.95;
    const [below = 0, above = 0] = [values[Math.floor(place)], values[Math.ceil(place)]];
    expect(totals.p95_duration_ms).toBeCloseTo(below + (above - below) * (place % 1), 3);
  });

  it("totals tell average durations over time where they are asked to", async () => {
    const ask = world.asking();
    expect((await ask("totals", { range: world.range })).durations).toBeUndefined();
    const stepMs = HOUR / 4;
    const { durations = [] } = await ask("totals", { range: world.range, stepMs });
    const expected = new Map<number, number[]>();
    for (const line of world.demo.lines.flatMap((text) => terminal(parseLine(text)))) {
      const end = (Math.ceil(line.time / 1000 / stepMs) * stepMs) / 1000;
      expected.set(end, [...(expected.get(end) ?? []), line.payload.facts?.duration_ms ?? 0]);
    }
    expect(expected.size).toBeGreaterThan(8);
    const averages = [...expected]
      .sort(([one], [other]) => one - other)
      .map(([time, values]) => ({ time, value: values.reduce((sum, value) => sum + value, 0) / values.length }));
    // Loki averages as it goes, which rounds otherwise.
    expect(durations).toEqual(averages.map(({ time, value }) => ({ time, value: expect.closeTo(value, 3) })));
  });

  it("agents and versions are sums over their runs", async () => {
    const { agents } = await world.asking()("agents", { range: world.range });
    expect(agents.map(({ agent_id }) => agent_id)).toEqual(
      [...new Set([...world.demo.computed.values()].map((run) => run.agent_id))].sort(),
    );
    for (const agent of agents) {
      const own = world.recordedOnes().filter(({ agent_id }) => agent_id === agent.agent_id);
      const signals = own.flatMap((run) => counted(run, "MEDIUM"));
      expect(agent.signals.reduce((all, { count }) => all + count, 0)).toBe(signals.length);
      for (const { failure_type, severity, count } of agent.signals) {
        const same = signals.filter((signal) => signal.failure_type === failure_type);
        expect(count).toBe(same.length);
        expect(same.some((signal) => signal.severity === severity)).toBe(true);
      }
      const cost = sumOf(own, "cost_usd");
      if (cost.count === 0) expect(agent.cost_usd).toBeUndefined();
      else expect(agent.cost_usd).toBeCloseTo(cost.sum, 6);
      expect(agent.unpriced).toBe(own.length - cost.count);
      const { versions } = await world.asking()("versions", { range: world.range, agent_id: agent.agent_id });
      expect(versions.reduce((all, { completed, failed }) => all + completed + failed, 0)).toBe(own.length);
      expect(versions.reduce((all, version) => all + version.signals, 0)).toBe(signals.length);
      for (const version of versions) {
        const its = own.filter(({ agent_version }) => agent_version === version.agent_version);
        const { sum, count } = sumOf(its, "duration_ms");
        expect(version.average_duration_ms).toBeCloseTo(sum / count, 3);
        expect(version.unpriced).toBe(its.length - sumOf(its, "cost_usd").count);
      }
    }
  });

  it("agents and totals obey filters that only terminal lines pass", async () => {
    const filter = { min_severity: "HIGH", ended: ["run.completed"] } as const;
    const runs = world.recordedOnes().filter((run) => run.status === "completed" && counted(run, "HIGH").length > 0);
    expect(await world.asking()("totals", { range: world.range, filter })).toMatchObject({
      started: 0,
      completed: runs.length,
      failed: 0,
    });
    const { agents } = await world.asking()("agents", { range: world.range, filter });
    expect(agents.map(({ agent_id, completed }) => [agent_id, completed])).toEqual(
      [...new Set(runs.map(({ agent_id }) => agent_id))]
        .sort()
        .map((agent_id) => [agent_id, runs.filter((run) => run.agent_id === agent_id).length]),
    );
    expect(agents.every(({ last_run_at, started }) => last_run_at !== undefined && started === 0)).toBe(true);
  });

  it("markers, freshness, sessions and quiet agents are there", async () => {
    const ask = world.asking();
    const { markers } = await ask("markers", { range: world.range });
    expect(markers.length).toBe(
      world.demo.lines.filter((line) => line.includes('"event_type":"deploy.marker"')).length,
    );
    expect(markers.map(({ at }) => at)).toEqual(markers.map(({ at }) => at).sort((a, b) => a - b));
    const { newest = 0, newest_run = 0 } = await ask("freshness", { range: world.range });
    expect(newest).toBeGreaterThan(world.atMs - HOUR);
    expect(newest_run).toBeLessThanOrEqual(newest);
    const rows = (await ask("runs", { range: world.range })).runs.flatMap(({ run }) => run.session_id ?? []);
    const session = await ask("session", { range: world.range, session_id: rows[0] ?? "" });
    expect(session.runs.length).toBeGreaterThan(0);
    expect(session.runs.every(({ run }) => run.session_id === rows[0])).toBe(true);
    const { agents } = await ask("quiet", { quietMs: 1 });
    expect(agents.length).toBe((await ask("agents", { range: world.range })).agents.length);
    const { series } = await ask("signalRate", { range: world.range, by: ["severity"], stepMs: HOUR });
    const all = series.flatMap(({ points }) => points).reduce((sum, { value }) => sum + value, 0);
    expect(all).toBe(world.recordedOnes().flatMap((run) => counted(run, "MEDIUM")).length);
  });
}

function terminal(parsed: ParseResult) {
  if (!parsed.ok || "unknown" in parsed.line) return [];
  const { line } = parsed;
  return line.event_type === "run.completed" || line.event_type === "run.errored" ? [line] : [];
}
