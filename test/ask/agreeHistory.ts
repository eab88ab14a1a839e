import { expect, it } from "vitest";
import { DetectorConfig, detectorOf } from "../../src/core/detectors";
import { FAILURE_TYPES } from "../../src/core/wire";
import { createAsk } from "../../src/logql/ask";
import { CountingLoki } from "./countingLoki";
import { HOUR, type World } from "./world";

/** What is counted over the history is what the runs say one by one. */
export function historyAgrees(world: World): void {
  it("rates say how usual a failure is", async () => {
    const pairs = new Map(
      world
        .recordedOnes()
        .flatMap(({ agent_id, signals }) =>
          signals.map(({ failure_type }) => [`${agent_id} ${failure_type}`, { agent_id, failure_type }] as const),
        ),
    );
    const of = [...pairs.values()].flatMap(({ agent_id, failure_type }) => {
      const type = FAILURE_TYPES.find((one) => one === failure_type);
      return type === undefined ? [] : [{ agent_id, failure_type: type }];
    });
    const { rates } = await world.asking()("rates", { at: world.atMs + 1, of });
    expect(rates).toHaveLength(of.length);
    for (const { agent_id, failure_type, fired, runs, rate } of rates) {
      const own = world.recordedOnes().filter((run) => run.agent_id === agent_id);
      const having = own.flatMap(({ signals }) => signals.filter((signal) => signal.failure_type === failure_type));
      const worse = having.filter(({ severity }) => severity !== "LOW");
      expect([runs, fired]).toEqual([own.length, (worse.length > 0 ? worse : having).length]);
      expect(rate).toBe(fired <= 1 ? "first" : fired / runs >= 0.1 ? "systemic" : "recurring");
    }
  });

  it.each([
    ["its baselines", "runs"],
    ["those the lines state", "runs"],
    ["its baselines", "queries"],
    ["those the lines state", "queries"],
  ] as const)("detectors fire on as many runs, with %s, judged by %s", async (which, judged_by) => {
    const mostJudged = judged_by === "runs" ? undefined : 0;
    const ask = world.asking({ mostJudged, ...(which === "its baselines" && { baselines: world.demo.baselines }) });
    const answer = await ask("detectors", { range: world.range, stepMs: HOUR });
    expect(answer).toMatchObject({ judged: world.ended().length, judged_by });
    for (const { failure_type, fired, points } of answer.detectors) {
      const firing = world
        .ended()
        .filter(({ signals }) => signals.some((signal) => signal.failure_type === failure_type));
      const silent = world.ended().every(({ no_data }) => no_data.includes(failure_type));
      expect(fired, failure_type).toBe(silent ? undefined : firing.length);
      expect(
        points.reduce((all, { value }) => all + value, 0),
        failure_type,
      ).toBe(firing.length);
    }
  });

  it.each([
    ["runs", 3],
    ["queries", 80],
  ] as const)("detectors judged by %s take at most %i queries", async (judged_by, most) => {
    const counting = new CountingLoki(world.filled.api);
    const { scope } = world.filled;
    const mostJudged = judged_by === "runs" ? undefined : 0;
    const ask = createAsk(counting, { scope, config: new DetectorConfig(), now: () => world.atMs + HOUR, mostJudged });
    await ask("detectors", { range: world.range, stepMs: HOUR });
    expect(counting.count).toBeLessThanOrEqual(most);
    expect(counting.mostPending).toBeLessThanOrEqual(8);
  });

  it("what-ifs count and name the runs that other thresholds find", async () => {
    const ask = world.asking({ baselines: world.demo.baselines });
    const { defaults } = detectorOf("TOOL_LOOP");
    const candidates = [{}, { threshold: 2 }, { threshold: 5 }, { threshold: 99 }, { unknown: 1 }];
    const answer = await ask("whatIf", { range: world.range, failure_type: "TOOL_LOOP", candidates, runs: 5 });
    const today = world.ended().filter(({ signals }) => signals.some((signal) => signal.failure_type === "TOOL_LOOP"));
    expect([answer.judged, answer.today]).toEqual([world.ended().length, today.length]);
    for (const { thresholds, fired, by_agent, runs, logql } of answer.candidates) {
      const least = thresholds.threshold ?? defaults.threshold ?? 0;
      const firing = world.ended().filter(({ facts }) => Number(facts.loop_count) >= least);
      expect(fired).toBe(firing.length);
      expect(Object.values(by_agent).reduce((all, count) => all + count, 0)).toBe(fired);
      expect(runs).toHaveLength(Math.min(5, fired));
      const ids = new Set(firing.map(({ run_id }) => run_id));
      expect(runs.every(({ run_id }) => ids.has(run_id))).toBe(true);
      expect(logql).toContain("loop_count");
    }
  });
}
