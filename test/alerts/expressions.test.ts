import { beforeAll, expect, it } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { FAILURE_TYPES, type Severity } from "../../src/core/wire";
import { rulesFiles } from "../../src/logql/rules";
import { describeReal, push, type RealLoki, startLoki } from "../real";
import { type Expression, grafanaExpressions, provisioned, RULER_FILE, rulerExpressions } from "./committed";
import { evaluate, type Instance } from "./evaluate";
import { manyRuns } from "./manyRuns";

const RUNS = 10_000;

const made = (config: DetectorConfig, least: Severity): Expression[] => {
  const options = {
    least,
    grafanaUrl: undefined,
    datasource: "loki",
    quietAfterMs: 1_800_000,
    stalledAfterMs: 300_000,
  };
  return rulesFiles(config, {}, options, "grafana").flatMap(({ path, text }) =>
    path.endsWith("rules.yaml") ? grafanaExpressions(text) : [],
  );
};

describeReal("the expressions of the alert rules on a real Loki with default limits", ["loki"], () => {
  const committed = [
    ...grafanaExpressions(provisioned("alerting/rules.yaml")),
    ...rulerExpressions(provisioned(RULER_FILE)),
  ];
  let loki: RealLoki;
  /** The end of the data, ms. */
  let now = 0;
  const at = (rule: string, among = committed): Promise<Instance[]> => {
    const found = among.find((one) => one.rule === rule);
    if (found === undefined) throw new Error(`there is no rule ${rule}`);
    return evaluate(loki.url, found.expr, now);
  };

  beforeAll(async () => {
    loki = await startLoki({ bulk: true });
    now = Date.now();
    // All within the minute that the rules look at: 1,000 of them with a signal, 400 of a producer without signals.
    const span = { from: now - 50_000, to: now - 1_000 };
    await push(loki.url, manyRuns({ runs: RUNS, agents: 20, signalEvery: 10, rawEvery: 25, ...span }));
  }, 120_000);

  it.each(committed)("$name answers over 10,000 runs", async ({ expr }) => {
    await expect(evaluate(loki.url, expr, now)).resolves.toBeInstanceOf(Array);
  });

  it.each(made(new DetectorConfig(), "LOW"))("$name of LOW answers over 10,000 runs", async ({ expr }) => {
    await expect(evaluate(loki.url, expr, now)).resolves.toBeInstanceOf(Array);
  });

  it("find every run with a signal once, live and final lines together", async () => {
    const found = await at("Tool loop");
    const expected = Math.ceil(RUNS / 10 / FAILURE_TYPES.length);
    expect(found.length).toBeGreaterThanOrEqual(expected - 1);
    expect(new Set(found.map(({ labels }) => labels.run_id)).size).toBe(found.length);
    for (const { labels } of found) {
      expect(Object.keys(labels).sort()).toEqual(["agent_id", "failure_type", "run_id", "severity"]);
      expect(labels).toMatchObject({ failure_type: "TOOL_LOOP", severity: "HIGH" });
    }
  });

  it("find runs of producers without signals once, and only theirs", async () => {
    for (const rule of [
      "Empty answer, from events",
      "Strong prompt injection, from events",
      "Very slow LLM call, from events",
    ]) {
      const found = await at(rule);
      expect(found, rule).toHaveLength(RUNS / 25);
      expect(new Set(found.map(({ labels }) => labels.run_id)).size).toBe(found.length);
    }
    const runaway = await at("Runaway iteration, from events", made(new DetectorConfig(), "MEDIUM"));
    expect(runaway).toHaveLength(RUNS / 25);
  });

  it("find no stalled run and no quiet agent", async () => {
    expect(await at("Stalled runs")).toEqual([]);
    expect(await at("Quiet agent")).toEqual([]);
  });
});
