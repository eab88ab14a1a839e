import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunEvidence } from "../facts/evidence";
import type { Facts } from "../facts/facts";
import { severityRank } from "../wire/terms";
import { type HangingCall, LiveSignals } from "./live";
import { DETECTORS, detectorOf } from "./registry";
import { DEFAULT_SETTINGS, type DetectorSettings, parseDetectorConfig } from "./settings";
import { arbitraryFacts } from "./testArbitraries";
import { testEvidence, testFacts } from "./testFacts";
import { FIRING } from "./testFiring";

const runOf = (facts: Partial<Facts>, evidence: Partial<RunEvidence> = {}) => ({
  facts: testFacts(facts),
  evidence: () => testEvidence(evidence),
});
const settingsOf = (all: unknown): DetectorSettings => parseDetectorConfig({ default: all }, "test").settingsFor("any");
const named = (signals: readonly { failure_type: string; severity: string; provisional: boolean }[]): string[] =>
  signals.map((signal) => `${signal.failure_type} ${signal.severity}${signal.provisional ? " provisional" : ""}`);

describe("live signals", () => {
  it("cost nothing while nothing is new", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const quiet = live.afterEvent(runOf({}));
    expect(quiet).toEqual([]);
    expect(live.afterEvent(runOf({ loop_count: 2 }))).toBe(quiet);
    expect(live.started(runOf({}))).toBe(quiet);
    expect(Object.isFrozen(quiet)).toBe(true);
  });

  it("do not ask for evidence while nothing is new", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const evidence = (): RunEvidence => {
      throw new Error("Evidence is costly.");
    };
    expect(live.afterEvent({ facts: testFacts({ loop_count: 4 }), evidence })).toEqual([]);
  });

  it("are reported when a rule first holds and when its severity rises", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const facts = testFacts({ loop_count: 3, loop_tool: "web_search" });
    const run = { facts, evidence: () => testEvidence() };
    expect(named(live.afterEvent(run))).toEqual([]);
    facts.loop_distinct = 2;
    expect(named(live.afterEvent(run))).toEqual(["TOOL_LOOP MEDIUM provisional"]);
    expect(named(live.afterEvent(run))).toEqual([]);
    facts.loop_identical = 3;
    expect(named(live.afterEvent(run))).toEqual([]);
    facts.loop_stuck = 3;
    expect(named(live.afterEvent(run))).toEqual(["TOOL_LOOP HIGH"]);
    expect(named(live.afterEvent(run))).toEqual([]);
    facts.repeat_calls = 8;
    expect(live.afterEvent(run)).toMatchObject([
      { failure_type: "TOOL_LOOP", severity: "CRITICAL", base_severity: "HIGH", confidence: 0.98, provisional: true },
    ]);
    expect(named(live.afterEvent(run))).toEqual([]);
  });

  it("are not reported again after they went away", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const storm = FIRING.RETRY_STORM.facts;
    expect(named(live.afterEvent(runOf(storm)))).toEqual(["RETRY_STORM HIGH provisional"]);
    expect(live.afterEvent(runOf({ ...storm, retry_streak: 0, retry_streak_turn: 0 }))).toEqual([]);
    expect(live.afterEvent(runOf(storm))).toEqual([]);
    expect(live.afterEvent(runOf({ ...storm, retry_streak_turn: 1 }))).toEqual([]);
  });

  it("rise by an override alone, from LOW too", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const low = { loop_count: 3, tail_failures: 4 };
    expect(live.afterEvent(runOf(low))).toEqual([]);
    expect(named(live.afterEvent(runOf({ ...low, tail_failures: 5 })))).toEqual(["TOOL_LOOP HIGH provisional"]);
    expect(live.afterEvent(runOf({ ...low, tail_failures: 5 }))).toEqual([]);
  });

  it("come worst first, with the confidence of all that hold together", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const facts = { ...FIRING.FIRST_STEP_FAILURE.facts, ...FIRING.EMPTY_LLM_RESPONSE.facts };
    expect(live.afterEvent(runOf(facts, { empty_steps: [1] }))).toMatchObject([
      { failure_type: "EMPTY_LLM_RESPONSE", confidence: 1, step_index: 1, evidence: { co_signal_count: 2 } },
      { failure_type: "FIRST_STEP_FAILURE", confidence: 0.9775 },
    ]);
    expect(live.afterEvent(runOf({ ...facts, ...FIRING.LLM_TRUNCATION_LOOP.facts }))).toMatchObject([
      { failure_type: "LLM_TRUNCATION_LOOP", confidence: 0.65, evidence: { co_signal_count: 3 } },
    ]);
  });

  it("report injection at the start, and in a later input too", () => {
    const injected = runOf(FIRING.PROMPT_INJECTION_SIGNAL.facts);
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    expect(named(live.started(injected))).toEqual(["PROMPT_INJECTION_SIGNAL CRITICAL"]);
    expect(live.started(injected)).toEqual([]);
    expect(live.afterEvent(injected)).toEqual([]);
    const later = new LiveSignals(DEFAULT_SETTINGS, {});
    expect(later.started(runOf({ injection_patterns: 0 }))).toEqual([]);
    expect(named(later.afterEvent(injected))).toEqual(["PROMPT_INJECTION_SIGNAL CRITICAL"]);
  });

  it("wait for the end where only the end can tell", () => {
    for (const { type, live } of DETECTORS.filter((detector) => detector.live === "end")) {
      const signals = new LiveSignals(DEFAULT_SETTINGS, FIRING[type].baseline ?? {});
      expect(live).toBe("end");
      expect(named(signals.afterEvent(runOf(FIRING[type].facts))).filter((name) => name.startsWith(type))).toEqual([]);
    }
  });

  it("leave out what is in shadow", () => {
    const drift = runOf(FIRING.MODEL_FALLBACK_DRIFT.facts);
    expect(new LiveSignals(DEFAULT_SETTINGS, {}).afterEvent(drift)).toEqual([]);
    const counted = new LiveSignals(settingsOf({ model_fallback_drift: { shadow: false } }), {});
    expect(named(counted.afterEvent(drift))).toEqual(["MODEL_FALLBACK_DRIFT MEDIUM"]);
    const empty = new LiveSignals(settingsOf({ empty_llm_response: { shadow: true } }), {});
    expect(empty.afterEvent(runOf(FIRING.EMPTY_LLM_RESPONSE.facts))).toEqual([]);
  });

  it("go by thresholds and baseline", () => {
    const facts = runOf({ steps: 40 });
    expect(new LiveSignals(DEFAULT_SETTINGS, {}).afterEvent(facts)).toEqual([]);
    expect(named(new LiveSignals(DEFAULT_SETTINGS, { steps: 10 }).afterEvent(facts))).toEqual([
      "STEP_COUNT_INFLATION MEDIUM",
    ]);
    const patient = new LiveSignals(settingsOf({ step_count_inflation: { inflation_factor: 5 } }), { steps: 10 });
    expect(patient.afterEvent(facts)).toEqual([]);
  });

  it.each([
    ["RETRY_STORM", {}, true],
    ["CASCADING_TOOL_FAILURE", {}, true],
    ["GOAL_ABANDONMENT", {}, true],
    ["CONTEXT_BLOAT", {}, true],
    ["FAILURE_SHARE", {}, true],
    ["FIRST_STEP_FAILURE", { first_failure_kind: "empty_llm_response" }, true],
    ["FIRST_STEP_FAILURE", {}, false],
    ["TOOL_LOOP", {}, false],
    ["TOOL_THRASHING", { alternation_repeats: 0 }, false],
    ["LLM_TRUNCATION_LOOP", {}, false],
    ["SLOW_STEP", {}, false],
    ["EMPTY_LLM_RESPONSE", {}, false],
    ["STEP_COUNT_INFLATION", {}, false],
    ["COST_SPIKE", {}, false],
    ["PROMPT_INJECTION_SIGNAL", {}, false],
  ] as const)("of %s with %j are provisional: %s", (type, facts, provisional) => {
    const settings = settingsOf({ failure_share: { shadow: false } });
    const run = runOf({ ...FIRING[type].facts, ...facts });
    const signals = new LiveSignals(settings, FIRING[type].baseline ?? {}).afterEvent(run);
    expect(signals.find(({ failure_type }) => failure_type === type)?.provisional).toBe(provisional);
  });

  it("are MEDIUM or above, once per severity and rising, on any facts", () => {
    fc.assert(
      fc.property(fc.array(arbitraryFacts, { maxLength: 12 }), (sequence) => {
        const live = new LiveSignals(DEFAULT_SETTINGS, { steps: 3, total_tokens: 900 });
        const reported = new Map<string, number>();
        for (const facts of sequence) {
          for (const signal of live.afterEvent({ facts, evidence: () => testEvidence() })) {
            const rank = severityRank(signal.severity);
            expect(rank).toBeGreaterThanOrEqual(1);
            expect(rank).toBeGreaterThan(reported.get(signal.failure_type) ?? 0);
            expect(detectorOf(signal.failure_type)).toMatchObject({
              shadow: false,
              live: expect.not.stringMatching("end"),
            });
            reported.set(signal.failure_type, rank);
          }
        }
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe("a watchdog", () => {
  const call: HangingCall = { kind: "tool", name: "web_search", step: 3, time: 1_000_000, human: false };
  const passed = (seconds: number): number => call.time + seconds * 1_000_000;

  it("hears of a hanging call past its limit, and again at HIGH", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const run = runOf({ slowest_tool_ms: 200 });
    expect(live.slowAfterMs("tool")).toBe(15_000);
    expect(live.hanging(run, call, passed(15))).toEqual([]);
    expect(live.hanging(run, call, passed(16))).toMatchObject([
      {
        failure_type: "SLOW_STEP",
        severity: "LOW",
        provisional: true,
        step_index: 3,
        title: "web_search took 16 s at step 3",
        evidence: { slowest_tool_ms: 16_000, duration_ms: 16_000 },
      },
    ]);
    expect(live.hanging(run, call, passed(17))).toEqual([]);
    expect(named(live.hanging(run, call, passed(75)))).toEqual(["SLOW_STEP HIGH provisional"]);
    expect(live.hanging(run, call, passed(80))).toEqual([]);
    expect(live.afterEvent(runOf({ slowest_tool_ms: 80_000 }))).toEqual([]);
    expect(run.facts.slowest_tool_ms).toBe(200);
  });

  it("goes by the baseline, and knows LLM calls", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, { slowest_llm_ms: 1000 });
    expect(live.slowAfterMs("llm")).toBe(2000);
    expect(named(live.hanging(runOf({}), { ...call, kind: "llm", name: "gpt-4o" }, passed(3)))).toEqual([
      "SLOW_STEP MEDIUM provisional",
    ]);
  });

  it("hears of nothing else", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const run = runOf(FIRING.EMPTY_LLM_RESPONSE.facts);
    expect(named(live.hanging(run, call, passed(20)))).toEqual(["SLOW_STEP LOW provisional"]);
    expect(named(live.afterEvent(run))).toEqual(["EMPTY_LLM_RESPONSE HIGH"]);
  });

  it("is not told of people, nor of what is in shadow", () => {
    expect(new LiveSignals(DEFAULT_SETTINGS, {}).hanging(runOf({}), { ...call, human: true }, passed(900))).toEqual([]);
    const shadowed = new LiveSignals(settingsOf({ slow_step: { shadow: true } }), {});
    expect(shadowed.slowAfterMs("tool")).toBe(Number.POSITIVE_INFINITY);
    expect(shadowed.hanging(runOf({}), call, passed(900))).toEqual([]);
  });
});

describe("holding", () => {
  it("names all rules that hold, of every severity and in shadow too, for policies", () => {
    const live = new LiveSignals(DEFAULT_SETTINGS, {});
    const facts = {
      ...FIRING.EMPTY_LLM_RESPONSE.facts,
      ...FIRING.MODEL_FALLBACK_DRIFT.facts,
      loop_count: 3,
      steps: 99,
    };
    expect(live.holding(runOf(facts))).toEqual([
      "TOOL_LOOP",
      "EMPTY_LLM_RESPONSE",
      "RUNAWAY_ITERATION",
      "MODEL_FALLBACK_DRIFT",
    ]);
    expect(live.holding(runOf({}))).toEqual([]);
    for (const { type } of DETECTORS) {
      expect(live.holds(runOf(facts), type), type).toBe(live.holding(runOf(facts)).includes(type));
    }
  });
});
