import { parser } from "@grafana/lezer-logql";
import { describe, expect, it } from "vitest";
import { type Baselines, DETECTORS, DetectorConfig, parseBaselines, parseDetectorConfig } from "../../core";
import { factsQueries, judgedCount, whatIfQueries } from ".";

const TERMINAL = 'event_type=~"run\\\\.completed|run\\\\.errored"';

/** Whether the grammar of LogQL knows all of it. */
function isLogql(query: string): boolean {
  let errors = 0;
  parser.parse(query).iterate({
    enter: ({ type }) => {
      if (type.isError) errors++;
    },
  });
  return errors === 0;
}

function baselinesOf(agents: Readonly<Record<string, Readonly<Record<string, Record<string, number>>>>>): Baselines {
  const entries = Object.entries(agents).map(([agent, versions]) => [
    agent,
    Object.fromEntries(Object.entries(versions).map(([version, p75]) => [version, { runs: 20, p75 }])),
  ]);
  const file = { schema: 1, generated_at: "2026-11-20T10:00:00.000000Z", window_days: 7 };
  return parseBaselines({ ...file, agents: Object.fromEntries(entries) }, "baselines.json");
}

const steps = (count: number) => ({ "*": { steps: count } });

describe("the queries over facts", () => {
  it("put threshold and guard inside the pipeline", () => {
    expect(factsQueries("LLM_TRUNCATION_LOOP").fires).toEqual([
      {
        severity: "HIGH",
        computesLabels: false,
        query: `{agent_id=~".+", ${TERMINAL}} | json f_v="payload.facts_v", f_truncations="payload.facts.truncations" | f_v!="" | f_truncations!="" | f_truncations >= 2 | __error__=""`,
      },
    ]);
  });

  it("are worst first, and there is none for what cannot be", () => {
    const { fires, no_data } = factsQueries("TOOL_LOOP");
    expect(fires.map(({ severity }) => severity)).toEqual(["HIGH", "MEDIUM", "LOW"]);
    expect(no_data).toEqual([]);
    expect(factsQueries("STEP_COUNT_INFLATION").fires).toEqual([]);
    expect(factsQueries("STEP_COUNT_INFLATION").no_data).toHaveLength(1);
  });

  it("carry the base selector, the agents and other filters", () => {
    const scope = { base: [{ name: "cluster", op: "=", value: "eu" }] } as const;
    const filter = { agents: ["a", "b"], session_id: 's"1' };
    const [first] = factsQueries("EMPTY_LLM_RESPONSE", { scope, filter }).fires;
    expect(first?.query).toContain(`{cluster="eu", agent_id=~"a|b", ${TERMINAL}} |= `);
    expect(first?.query).toContain('| sid="s\\"1"');
  });

  it("judge agents and versions by their own numbers, in one query", () => {
    const baselines = baselinesOf({ a: steps(10), b: { v1: { steps: 20 }, "*": { steps: 10 } } });
    const { fires, no_data } = factsQueries("STEP_COUNT_INFLATION", { baselines });
    expect(fires.map(({ query }) => query)).toEqual([
      `{agent_id=~"a|b", ${TERMINAL}} | json f_v="payload.facts_v", f_version="agent_version", f_steps="payload.facts.steps" | f_v!="" | f_steps!="" | (agent_id!="a" or f_steps > 20) | (agent_id!="b" or f_version!="v1" or f_steps > 40) | (agent_id!="b" or f_version="v1" or f_steps > 20) | __error__=""`,
    ]);
    expect(no_data[0]?.query).toContain(`{agent_id!~"a|b", ${TERMINAL}}`);
  });

  it("leave agents whose section changes nothing for the detector with all others", () => {
    const config = parseDetectorConfig({ a: { tool_loop: { threshold: 9 } } }, "detectors.yml");
    expect(factsQueries("EMPTY_LLM_RESPONSE", { config })).toEqual(factsQueries("EMPTY_LLM_RESPONSE"));
    const filter = { agents: ["a"] };
    const [high] = factsQueries("TOOL_LOOP", { config, filter }).fires;
    expect(high?.query).toContain("f_loop_count >= 9");
    expect(high?.query).not.toContain("f_loop_count >= 3");
  });

  it("say which of them compute labels", () => {
    const partly = baselinesOf({ a: { "*": { slowest_tool_ms: 1000 } } });
    const { fires } = factsQueries("SLOW_STEP", { baselines: partly });
    expect(fires.map(({ severity, computesLabels }) => [severity, computesLabels])).toEqual([
      ["HIGH", false],
      ["MEDIUM", true],
      ["LOW", true],
    ]);
    const whole = baselinesOf({ a: { "*": { slowest_tool_ms: 1000, slowest_llm_ms: 1000, slowest_gap_ms: 1000 } } });
    expect(factsQueries("SLOW_STEP", { baselines: whole }).fires.some(({ computesLabels }) => computesLabels)).toBe(
      false,
    );
  });

  it("are LogQL, whatever agents and versions are called", () => {
    const hostile = ['a"b', "a\\b", "a|b", "(a", "a}b", "a\nb", "`a`", "ä.*"];
    const agents = Object.fromEntries(
      hostile.map((name, at) => [
        name,
        { [name]: { steps: at + 2, active_ms: at }, "*": { steps: 1, slowest_gap_ms: 3 + at } },
      ]),
    );
    const config = new DetectorConfig();
    for (const { type } of DETECTORS) {
      const runs = { config, baselines: baselinesOf(agents), filter: { versions: hostile } };
      const { fires, no_data } = factsQueries(type, runs);
      const all = [...fires, ...no_data, ...whatIfQueries(type, { ...runs, windowMs: 60_000 })];
      for (const { query } of all) expect(isLogql(query), query).toBe(true);
    }
  });
});

describe("a what-if", () => {
  it("is one metric query by agent, whatever the severities", () => {
    const config = parseDetectorConfig({ default: { tool_loop: { threshold: 4 } } }, "what-if");
    expect(whatIfQueries("TOOL_LOOP", { config, windowMs: 604_800_000 }).map(({ query }) => query)).toEqual([
      `sum by (agent_id) (count_over_time({agent_id=~".+", ${TERMINAL}} | json f_v="payload.facts_v", f_loop_count="payload.facts.loop_count" | f_v!="" | f_loop_count!="" | f_loop_count >= 4 | __error__="" [7d]))`,
    ]);
    expect(whatIfQueries("COST_SPIKE", { windowMs: 1000, least: "MEDIUM" })).toEqual([]);
    for (const { type } of DETECTORS) expect(whatIfQueries(type, { windowMs: 1000 }).length).toBeLessThan(2);
  });

  it("is several where very many agents differ, none of which is in two", () => {
    const agents = Array.from({ length: 300 }, (_, at) => `agent-${at}`);
    const baselines = baselinesOf(Object.fromEntries(agents.map((agent, at) => [agent, steps(at + 1)])));
    const queries = whatIfQueries("STEP_COUNT_INFLATION", { baselines, windowMs: 1000 });
    expect(queries.length).toBeGreaterThan(1);
    expect(queries.length).toBeLessThan(20);
    const selected = queries.flatMap(({ query }) => (/agent_id=~"([^"]*)"/.exec(query)?.[1] ?? "").split("|"));
    expect([...selected].sort()).toEqual([...agents].sort());
  });

  it("is compared with the number of all runs that have facts", () => {
    expect(judgedCount({ filter: { agents: ["a"] }, windowMs: 3_600_000 })).toBe(
      `sum by (agent_id) (count_over_time({agent_id="a", ${TERMINAL}} | json f_v="payload.facts_v" | f_v!="" | __error__="" [1h]))`,
    );
  });
});
