import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAILURE_TYPES, SEVERITIES } from "../../core/wire";
import { needleOf, regexOf, regexOfAny, wellFormed } from "./compose/escape";
import type { RunFilter, Scope } from "./index";
import * as builders from "./index";
import { hostileText } from "./testArbitraries";
import { type ParsedQuery, parseQuery } from "./testParse";

const scopes: fc.Arbitrary<Scope> = fc.record({
  base: fc.array(
    fc.record({
      name: fc.constantFrom("cluster", "team"),
      op: fc.constantFrom("=", "!=", "=~", "!~"),
      value: hostileText(),
    }),
    { maxLength: 2 },
  ),
});
const texts = fc.array(hostileText(), { maxLength: 3 });
const identity = {
  agents: texts,
  versions: texts,
  session_id: fc.option(hostileText(), { nil: undefined }),
  parent_run_id: fc.option(hostileText(), { nil: undefined }),
  environment: fc.option(hostileText(), { nil: undefined }),
  text: fc.option(hostileText(), { nil: undefined }),
};
const filters: fc.Arbitrary<RunFilter> = fc.record({
  ...identity,
  ended: fc.constantFrom([], ["run.errored"], ["run.completed", "run.errored"]),
  exit_reasons: fc.constantFrom([], ["error"], ["final_answer", "handoff"]),
  failure_types: fc.subarray([...FAILURE_TYPES], { maxLength: 2 }),
  min_severity: fc.option(fc.constantFrom(...SEVERITIES), { nil: undefined }),
  shadow: fc.boolean(),
});
const windowMs = fc.integer({ min: 1, max: 10_000_000 });

const sorted = <T>(items: readonly T[]): string[] => items.map((item) => JSON.stringify(item)).sort();

/** The matcher that stands for one of the values. */
function among(name: string, values: readonly string[]): ParsedQuery["matchers"] {
  const [first, ...more] = values.map(wellFormed);
  if (first === undefined) return [];
  return [
    more.length === 0 ? { name, op: "=", value: first } : { name, op: "=~", value: values.map(regexOf).join("|") },
  ];
}

/** The label filter that stands for one of the values. */
function filteredTo(name: string, values: readonly string[]): ParsedQuery["matchers"] {
  return values.length < 2 ? among(name, values) : [{ name, op: "=~", value: regexOfAny(values) }];
}

function expectedMatchers(scope: Scope, agents: readonly string[] = [], types: readonly string[] = []) {
  const base = (scope.base ?? []).map((matcher) => ({ ...matcher, value: wellFormed(matcher.value) }));
  const agent = agents.length === 0 ? [{ name: "agent_id", op: "=~", value: ".+" }] : among("agent_id", agents);
  return [...base, ...agent, ...among("event_type", types)];
}

/** The label filters that an identity filter stands for. */
function expectedIdentity({ session_id, parent_run_id, environment, versions = [] }: RunFilter) {
  const exact = [
    ["prid", parent_run_id],
    ["sid", session_id],
    ["envt", environment],
  ] as const;
  const filters = exact.flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, op: "=", value: wellFormed(value) }],
  );
  return [...filters, ...filteredTo("ver", versions)];
}

function expectedNeedles({ session_id, parent_run_id, environment, versions = [], text = "" }: RunFilter) {
  const exact = [parent_run_id, session_id, environment].flatMap((value) =>
    value === undefined ? [] : [needleOf(value)],
  );
  const filters = exact.filter((value) => value !== "").map((value) => ({ op: "|=", value }));
  const needles = versions.map(needleOf);
  if (needles.length === 1 && needles[0] !== "") filters.push({ op: "|=", value: needles.join("") });
  if (needles.length > 1 && !needles.includes("")) filters.push({ op: "|~", value: needles.map(regexOf).join("|") });
  const searched = JSON.stringify(wellFormed(text)).slice(1, -1);
  if (searched !== "") filters.push({ op: "|~", value: `(?i)${regexOf(searched)}` });
  return filters;
}

const ENDS = ["run.completed", "run.errored"];

describe("builders with hostile values", () => {
  it("select and filter starts and ends by exactly what was asked for", () => {
    fc.assert(
      fc.property(scopes, fc.record(identity), (scope, filter) => {
        const queries: [string, readonly string[]][] = [
          [builders.startedRuns(scope, filter), ["run.started"]],
          [builders.startedAndFinishedRuns(scope, filter), ["run.started", ...ENDS]],
          [builders.finishedRuns(scope, filter), ENDS],
          [builders.allLines(scope, filter), []],
        ];
        for (const [query, types] of queries) {
          const parsed = parseQuery(query);
          expect(parsed.matchers).toEqual(expectedMatchers(scope, filter.agents, types));
          expect(sorted(parsed.labelFilters)).toEqual(sorted(expectedIdentity(filter)));
          expect(sorted(parsed.lineFilters)).toEqual(sorted(expectedNeedles(filter)));
        }
      }),
    );
  });

  it("filter finished runs by their end", () => {
    fc.assert(
      fc.property(scopes, filters, (scope, filter) => {
        const parsed = parseQuery(builders.finishedRuns(scope, filter));
        const { ended = [], exit_reasons = [], failure_types = [], min_severity } = filter;
        expect(parsed.matchers).toEqual(expectedMatchers(scope, filter.agents, ended.length === 0 ? ENDS : ended));
        const verdicts = parsed.labelFilters.filter(({ name }) => name === "sigs");
        expect(verdicts).toHaveLength(failure_types.length > 0 || min_severity !== undefined ? 1 : 0);
        const others = parsed.labelFilters.filter(({ name }) => name !== "sigs");
        expect(sorted(others)).toEqual(sorted([...expectedIdentity(filter), ...among("xreason", exit_reasons)]));
      }),
    );
  });

  it("name one run exactly", () => {
    fc.assert(
      fc.property(scopes, hostileText(), fc.option(hostileText(), { nil: undefined }), (scope, run_id, agent_id) => {
        const needle = needleOf(run_id);
        const lineFilters = needle === "" ? [] : [{ op: "|=", value: needle }];
        const run = parseQuery(builders.runLines(scope, { run_id, agent_id }));
        expect(run.matchers).toEqual(expectedMatchers(scope, agent_id === undefined ? [] : [agent_id]));
        expect(run.lineFilters).toEqual(lineFilters);
        expect(run.json).toEqual({ rid: "run_id" });
        expect(run.labelFilters).toEqual([{ name: "rid", op: "=", value: wellFormed(run_id) }]);
        const children = parseQuery(builders.childRuns(scope, run_id));
        expect(children.matchers).toEqual(expectedMatchers(scope, [], ["run.started", ...ENDS]));
        expect(children.labelFilters).toEqual([{ name: "prid", op: "=", value: wellFormed(run_id) }]);
      }),
    );
  });

  it("name several runs exactly", () => {
    fc.assert(
      fc.property(scopes, fc.array(hostileText(), { minLength: 1, maxLength: 4 }), windowMs, (scope, run_ids, ms) => {
        const ends = parseQuery(builders.runEnds(scope, { run_ids }));
        expect(ends.labelFilters).toEqual(filteredTo("rid", run_ids));
        const activity = parseQuery(builders.runActivity(scope, { run_ids }, ms));
        expect(activity.labelFilters).toEqual([
          ...filteredTo("rid", run_ids),
          { name: "__error__", op: "=", value: "" },
        ]);
        expect(activity.matchers).toEqual(expectedMatchers(scope));
        expect(activity.groups).toEqual(["by (rid)"]);
      }),
    );
  });

  it("stay LogQL in every other question", () => {
    fc.assert(
      fc.property(scopes, filters, windowMs, (scope, filter, ms) => {
        const request = { by: ["agent", "version", "event", "exit_reason", "environment"] as const, windowMs: ms };
        const conditions = [{ fact: "loop_count", op: ">=", value: 3 } as const];
        const terminal = expectedMatchers(scope, filter.agents, filter.ended?.length ? filter.ended : ENDS);
        const started = expectedMatchers(scope, filter.agents, ["run.started"]);
        const detected = expectedMatchers(scope, filter.agents, ["signal.detected"]);
        const groups = ["agent", "failure_type", "severity", "version"] as const;
        const all: [string, ParsedQuery["matchers"]][] = [
          [builders.runsWithFacts(scope, filter, conditions), terminal],
          [builders.countRunsWithFacts(scope, filter, conditions, request), terminal],
          [builders.factOverTime(scope, filter, { ...request, fact: "cost_usd", summary: "sum" }), terminal],
          [builders.factOverTime(scope, filter, { ...request, fact: "duration_ms", summary: 0.95 }), terminal],
          [builders.factOverTime(scope, filter, { ...request, fact: "steps", summary: "avg" }), terminal],
          [builders.countOfFact(scope, filter, { ...request, fact: "cost_usd" }), terminal],
          [builders.endedRuns(scope, filter, request), terminal],
          [builders.begunRuns(scope, filter, { ...request, by: ["agent"] }), started],
          [builders.liveSignals(scope, filter), detected],
          [builders.signalRate(scope, { ...filter, by: groups, windowMs: ms, offsetMs: 5000 }), detected],
          [builders.recordedSignals(scope, filter), expectedMatchers(scope, filter.agents, ENDS)],
          [builders.runsWithSignals(scope, filter), expectedMatchers(scope, filter.agents, ENDS)],
          [builders.agentCounts(scope, filter, ms), expectedMatchers(scope, filter.agents, ["run.started", ...ENDS])],
          [builders.lineCounts(scope, filter, ms), expectedMatchers(scope, filter.agents)],
          [builders.deployMarkers(scope, filter), expectedMatchers(scope, filter.agents, ["deploy.marker"])],
          [builders.fixMarkers(scope, filter), expectedMatchers(scope, filter.agents, ["fix.applied"])],
          [
            builders.deployAndFixMarkers(scope, filter),
            expectedMatchers(scope, filter.agents, ["deploy.marker", "fix.applied"]),
          ],
          [
            builders.baselineP75(scope, "steps", { agents: filter.agents, per: "version" }),
            expectedMatchers(scope, filter.agents, ["run.completed"]),
          ],
        ];
        for (const [query, matchers] of all) expect(parseQuery(query).matchers, query).toEqual(matchers);
      }),
    );
  });
});

describe("builders", () => {
  it("put the needle first", () => {
    expect(builders.runLines({}, { run_id: "R", agent_id: "A" })).toBe(
      '{agent_id="A"} |= "R" | json rid="run_id" | rid="R"',
    );
  });

  it("put the scope into the selector", () => {
    const scope = builders.parseScope('{cluster="eu"}');
    expect(builders.allLines(scope, { agents: ["a", "b.c"] })).toBe('{cluster="eu", agent_id=~"a|b\\\\.c"}');
  });

  it("guard thresholds inside the pipeline", () => {
    const conditions = [
      { fact: "loop_count", op: ">=", value: 3 },
      { fact: "retrieval_min_score", op: "<", value: 0.3 },
    ] as const;
    expect(builders.countRunsWithFacts({}, { agents: ["a"] }, conditions, { by: ["agent"], windowMs: 300_000 })).toBe(
      'sum by (agent_id) (count_over_time({agent_id="a", event_type=~"run\\\\.completed|run\\\\.errored"} | json n0="payload.facts.loop_count", n1="payload.facts.retrieval_min_score" | n0!="" | n0 >= 3 | n1!="" | n1 < 0.3 | __error__="" [5m]))',
    );
  });

  it("ask for baselines with a guarded unwrap, and for their size without", () => {
    expect(builders.baselineP75({}, "steps", { agents: ["a"], per: "version" })).toBe(
      'quantile_over_time(0.75, {agent_id="a", event_type="run.completed"} | json ver="agent_version", n="payload.facts.steps" | n!="" | unwrap n | __error__="" [7d]) by (agent_id, ver)',
    );
    expect(builders.baselineCount({}, "steps", { agents: ["a"], per: "agent" })).toBe(
      'sum by (agent_id) (count_over_time({agent_id="a", event_type="run.completed"} | json n="payload.facts.steps" | n!="" | __error__="" [7d]))',
    );
  });

  it("count without a parser where labels suffice", () => {
    expect(builders.agentCounts({}, {}, 60_000)).toBe(
      'sum by (agent_id, event_type) (count_over_time({agent_id=~".+", event_type=~"run\\\\.started|run\\\\.completed|run\\\\.errored"} [1m]))',
    );
  });

  it("leave LOW, shadow and live signals out of the rate unless asked for", () => {
    const [usual, all] = [
      builders.signalRate({}, { by: ["severity"], windowMs: 60_000 }),
      builders.signalRate({}, { by: [], windowMs: 60_000, shadow: true, min_severity: "LOW" }),
    ];
    expect(usual).toBe(
      'sum by (sev) (count_over_time({agent_id=~".+", event_type="signal.detected"} |= "\\"final\\"" | json phs="payload.phase", ftype="payload.failure_type", sev="payload.severity", shd="payload.shadow" | phs="final" | sev=~"MEDIUM|HIGH|CRITICAL" | shd="false" | __error__="" [1m]))',
    );
    expect(parseQuery(all).labelFilters.filter(({ name }) => name === "shd")).toEqual([]);
    expect(all.startsWith("sum (count_over_time(")).toBe(true);
  });

  it("match recorded verdicts as the wire writes them", () => {
    const [verdict] = parseQuery(
      builders.finishedRuns({}, { failure_types: ["TOOL_LOOP"], min_severity: "HIGH" }),
    ).labelFilters.filter(({ name }) => name === "sigs");
    const regex = new RegExp(`^(?:${verdict?.value})$`);
    const signals = (severity: string, shadow: boolean, type = "TOOL_LOOP") =>
      `{"SLOW_STEP":{"severity":"LOW","confidence":0.5,"shadow":false,"base_severity":"LOW"},"${type}":{"severity":"${severity}","confidence":0.94,"shadow":${shadow},"base_severity":"HIGH"}}`;
    expect(regex.test(signals("HIGH", false))).toBe(true);
    expect(regex.test(signals("CRITICAL", false))).toBe(true);
    expect(regex.test(signals("MEDIUM", false))).toBe(false);
    expect(regex.test(signals("HIGH", true))).toBe(false);
    expect(regex.test(signals("HIGH", false, "RETRY_STORM"))).toBe(false);
  });

  it("refuse keys and labels that Loki cannot name", () => {
    expect(builders.json({ t: ["tags", "a b"] })).toBe('| json t="tags[\\"a b\\"]"');
    expect(() => builders.json({ t: ["tags", 'a"] x'] })).toThrow("Loki cannot look up the key");
    expect(() => builders.json({ t: "a b" })).toThrow("no plain path");
    expect(() => builders.json({ "a-b": "a" })).toThrow("no label name");
    expect(() => builders.selector({}, [])).toThrow("needs a matcher");
  });
});
