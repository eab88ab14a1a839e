import { describe, expect, it } from "vitest";
import type { InstantQuery, RangeQuery } from "../api";
import { LokiError } from "../errors";
import { listAgents } from "./listAgents";
import { listVersions } from "./listVersions";
import { quietAgents } from "./quietAgents";
import { readSignalRate } from "./readSignalRate";
import { bySplitting } from "./splitByAgents";
import { runOf, seconds } from "./testLines";
import { TestLoki } from "./testLoki";

const tooMany = () =>
  new LokiError({ kind: "limit", limit: "max_query_series", status: 400, message: "Too many series", text: "t" });

/** Refuses answers of more series than this, as Loki does. */
class LimitedLoki extends TestLoki {
  mostSeries = 500;

  override async instant(query: InstantQuery) {
    const samples = await super.instant(query);
    if (samples.length > this.mostSeries) throw tooMany();
    return samples;
  }

  override async range(query: RangeQuery) {
    const series = await super.range(query);
    if (series.length > this.mostSeries) throw tooMany();
    return series;
  }
}

const agent = (n: number) => `agent-${String(n).padStart(3, "0")}`;
const AGENTS = Array.from({ length: 700 }, (_, n) => agent(n));
const time = { start: seconds(0), end: seconds(1000) };
const base = { ...time, scope: {} };
const filled = () =>
  new LimitedLoki(AGENTS.flatMap((agent_id) => runOf(`run-${agent_id}`, 10, 20, { agent_id, agent_version: "v1" })));

/** Answers one item per agent, at most so many. */
function asked(most: number) {
  const groups: number[] = [];
  const ask = async (agents: readonly string[] | undefined) => {
    const ids = agents ?? AGENTS;
    groups.push(ids.length);
    if (ids.length > most) throw tooMany();
    return ids;
  };
  return { groups, ask };
}

describe("bySplitting", () => {
  it("asks once where the answer fits", async () => {
    const { groups, ask } = asked(700);
    expect(await bySplitting(filled(), { ...base, agents: undefined })(ask)).toEqual(AGENTS);
    expect(groups).toEqual([700]);
  });

  it("asks groups of 200, and begins with them the next time", async () => {
    const { groups, ask } = asked(500);
    const perAgent = bySplitting(filled(), { ...base, agents: [] });
    expect(await perAgent(ask)).toEqual(AGENTS);
    expect(await perAgent(ask)).toEqual(AGENTS);
    expect(groups).toEqual([700, 200, 200, 200, 100, 200, 200, 200, 100]);
  });

  it("halves groups until they fit, each agent once", async () => {
    const { ask } = asked(30);
    const named = [...AGENTS.slice(0, 90), ...AGENTS.slice(0, 90)];
    expect(await bySplitting(new TestLoki([]), { ...base, agents: named })(ask)).toEqual(AGENTS.slice(0, 90));
  });

  it("says which agent has too many series alone", async () => {
    const { ask } = asked(0);
    const answer = bySplitting(new TestLoki([]), { ...base, agents: ["a", "b"] })(ask);
    await expect(answer).rejects.toThrow('The agent "a" alone has more series than Loki\'s max_query_series allows');
    await expect(answer).rejects.toMatchObject({ kind: "limit", limit: "max_query_series", status: 400 });
  });

  it("passes other errors on, and the limit where no agent is found", async () => {
    const refused = new LokiError({ kind: "refused", message: "no" });
    const perAgent = bySplitting(new TestLoki([]), { ...base, agents: undefined });
    await expect(perAgent(() => Promise.reject(refused))).rejects.toBe(refused);
    await expect(perAgent(asked(0).ask)).rejects.toThrow("Too many series");
  });
});

describe("readers of 700 agents at Loki's default limit", () => {
  it("list agents, versions and quiet agents", async () => {
    const agents = await listAgents(filled(), time);
    expect(agents.map(({ agent_id }) => agent_id)).toEqual(AGENTS);
    expect(new Set(agents.map(({ started, completed }) => `${started} ${completed}`))).toEqual(new Set(["1 1"]));
    const versions = await listVersions(filled(), time);
    expect(versions.map(({ agent_id }) => agent_id)).toEqual(AGENTS);
    const loki = filled();
    loki.add(...AGENTS.slice(0, 600).flatMap((agent_id) => runOf(`late-${agent_id}`, 900, 901, { agent_id })));
    const quiet = await quietAgents(loki, { now: seconds(1000), activeMs: 1_000_000, quietMs: 500_000 });
    expect(quiet.map(({ agent_id }) => agent_id)).toEqual(AGENTS.slice(600));
  });

  it("count signals over time per agent", async () => {
    const payload = { failure_type: "TOOL_LOOP", severity: "HIGH", phase: "final", shadow: false };
    const loki = new LimitedLoki(
      AGENTS.flatMap((agent_id) =>
        runOf(`run-${agent_id}`, 10, undefined, { agent_id }).map((stored) => ({
          ...stored,
          line: stored.line
            .replace('"run.started"', '"signal.detected"')
            .replace(/"payload":\{[^}]*\}/, `"payload":${JSON.stringify(payload)}`),
          labels: { agent_id, event_type: "signal.detected" },
        })),
      ),
    );
    const asked = { start: seconds(60), end: seconds(60), stepMs: 60_000 };
    const series = await readSignalRate(loki, { ...asked, by: ["agent"] });
    expect(series.map(({ agent_id }) => agent_id)).toEqual(AGENTS);
    expect(await readSignalRate(loki, { ...asked, by: [] })).toMatchObject([{ points: [{ value: 700 }] }]);
  });
});
