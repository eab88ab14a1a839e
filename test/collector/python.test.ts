import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testCollector } from "../../src/collector/testCollector";
import { parsePolicies } from "../../src/core/policies";
import { isRecord } from "../../src/core/wire";
import { listen, type Served } from "../../src/server/listen";
import { CANARY, type Expected, HASH_ERA, RAW_ERA_0_5 } from "../python/expectations";
import { readRuns } from "../python/reading";
import { type Environment, runAgent, virtualEnvironment } from "../python/virtualEnvironment";

const KEY = "dt_live_test";
const TIMEOUT_MS = 600_000;
const REMOTE = join(import.meta.dirname, "agents/remote.py");
const POLICIES = parsePolicies(
  [
    {
      name: "few-calls",
      agent_id: "py-remote",
      condition: { trigger: "tool_call_count", operator: "gt", value: 2 },
      action: { type: "stop" },
    },
  ],
  "test",
);

interface Setting {
  readonly folder: string;
  readonly packages: readonly string[];
  readonly agent: string;
  readonly expected: Expected;
  /** What an unsigned policy of a server does. */
  readonly action: string;
  readonly detectorConfig: boolean;
}

const SETTINGS: readonly Setting[] = [
  {
    folder: "python-0.3.21",
    packages: ["dunetrace==0.3.21", "haystack-ai==3.4.0"],
    agent: "hash_era.py",
    expected: HASH_ERA,
    action: "stop",
    detectorConfig: false,
  },
  {
    folder: "python-0.5.7",
    packages: ["dunetrace==0.5.7"],
    agent: "raw_era.py",
    expected: RAW_ERA_0_5,
    action: "log",
    detectorConfig: true,
  },
];

describe.each(SETTINGS)("the real $packages, pointed at the collector", (setting) => {
  let environment: Environment;
  let served: Served;
  const collected = testCollector({ apiKey: KEY, policies: { policies: POLICIES } });
  beforeAll(async () => {
    environment = await virtualEnvironment(setting.folder, setting.packages);
    served = await listen((request) => collected.app.fetch(request), { port: 0 });
  }, TIMEOUT_MS);
  afterAll(() => served.close());

  const python = (skip: (note: string) => never): string => {
    if ("python" in environment) return environment.python;
    if (process.env.CI === "true") throw new Error(environment.unavailable);
    return skip(environment.unavailable);
  };
  const run = (agent: string, skip: (note: string) => never) =>
    runAgent(python(skip), agent, { TEST_ENDPOINT: served.url, TEST_KEY: KEY });
  const requests = () => Object.fromEntries(collected.collector.counters.requests);

  it("sends the runs that its agents had, and no content is kept", { timeout: TIMEOUT_MS }, async ({ skip }) => {
    collected.written.length = 0;
    const stdout = await run(setting.agent, skip);
    const written = collected.written.join("");
    const wanted = Object.entries(setting.expected).map(([id, its]) => [id, { ...its, raw: false }]);
    expect(readRuns(written)).toEqual(Object.fromEntries(wanted));
    expect(readRuns(stdout)).toEqual(setting.expected);
    expect(written).not.toContain(CANARY);
    expect(written).not.toContain(KEY);
    const ends = written.split("\n").filter((line) => /"event_type":"run\.(completed|errored)"/.test(line));
    expect(ends).toHaveLength(wanted.length);
    for (const line of ends) expect(line).toContain('"facts_v":1,"rules":"');
    expect(collected.problems).toEqual([]);
    expect(collected.collector.counters.ingested.get("refused")).toBeUndefined();
  });

  it("tells of deployments, and goes by the policies of the collector", { timeout: TIMEOUT_MS }, async ({ skip }) => {
    collected.written.length = 0;
    await run(REMOTE, skip);
    const lines = collected.written.map((text): Record<string, unknown> => JSON.parse(text));
    const of = (type: string) => lines.filter(({ event_type }) => event_type === type).map(({ payload }) => payload);
    expect(of("deploy.marker")).toEqual([{ version: "2026.11.1", commit: "abc1234", environment: "staging" }]);
    const triggered = of("policy.triggered").filter(isRecord);
    expect(triggered.length).toBeGreaterThan(0);
    expect(triggered[0]).toMatchObject({ policy_name: "few-calls", trigger: "tool_call_count" });
    expect(of("run.errored").length).toBe(setting.action === "stop" ? 1 : 0);
    expect(requests()).toMatchObject({ "GET /v1/policies 200": expect.any(Number), "POST /v1/deploy 202": 1 });
    expect("GET /v1/detector-config 200" in requests()).toBe(setting.detectorConfig);
  });
});
