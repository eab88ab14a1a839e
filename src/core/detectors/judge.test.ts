import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Facts } from "../facts/facts";
import { FAILURE_TYPES, type FailureType, severityRank } from "../wire/terms";
import { roundConfidence } from "./confidence";
import { judge } from "./judge";
import { detectorOf } from "./registry";
import { DEFAULT_SETTINGS, type DetectorSettings } from "./settings";
import { arbitraryFacts } from "./testArbitraries";
import { testAction, testEvidence, testFacts } from "./testFacts";
import { FIRING } from "./testFiring";

const quiet = { ended: "run.completed", exit_reason: "completed", baseline: {}, settings: DEFAULT_SETTINGS } as const;
const verdictOn = (facts: Partial<Facts>, settings: DetectorSettings = DEFAULT_SETTINGS) =>
  judge({ ...quiet, settings, facts: testFacts({ tools_available: 1, injection_patterns: 0, ...facts }) });

const OVERRIDABLE: readonly FailureType[] = ["TOOL_LOOP", "RETRY_STORM", "CASCADING_TOOL_FAILURE"];
const empty = FIRING.EMPTY_LLM_RESPONSE.facts;
const truncated = FIRING.LLM_TRUNCATION_LOOP.facts;
const thrashing = FIRING.TOOL_THRASHING.facts;
const cascading = FIRING.CASCADING_TOOL_FAILURE.facts;

describe("judge", () => {
  it.each(FAILURE_TYPES)("finds %s on a run that shows it", (type) => {
    const run = FIRING[type];
    const { signals } = judge({
      facts: testFacts(run.facts),
      ended: run.ended,
      exit_reason: run.exit_reason,
      baseline: run.baseline ?? {},
      settings: DEFAULT_SETTINGS,
      evidence: testEvidence(),
    });
    const signal = signals.find(({ failure_type }) => failure_type === type);
    expect(signal).toMatchObject({ severity: detectorOf(type).top, shadow: detectorOf(type).shadow });
    expect(signal?.title).not.toBe("");
  });

  it("finds nothing on a quiet run, and says what it could not judge", () => {
    expect(verdictOn({})).toEqual({
      signals: [],
      no_data: [
        { failure_type: "STEP_COUNT_INFLATION", missing: "a baseline of steps (20 completed runs in 7 days)" },
        { failure_type: "TURN_BURST", missing: "a baseline of calls per turn (20 completed runs in 7 days)" },
      ],
    });
  });

  it("never lists a detector twice, and never has data it misses", () => {
    const { signals, no_data } = verdictOn({
      llm_calls: 3,
      unmetered_llm_calls: 1,
      total_tokens: 60_000,
      context_calls: 3,
    });
    expect(signals.map(({ failure_type }) => failure_type)).toContain("COST_SPIKE");
    expect(no_data.map(({ failure_type }) => failure_type)).not.toContain("COST_SPIKE");
    const clear = verdictOn({ llm_calls: 3, unmetered_llm_calls: 1, total_tokens: 100, context_calls: 3 });
    expect(clear.no_data).toContainEqual({ failure_type: "COST_SPIKE", missing: "token counts of 1 of 3 LLM calls" });
  });

  it("points to the step where the evidence knows it", () => {
    const run = testEvidence({ empty_steps: [6] });
    const facts = testFacts(empty);
    expect(judge({ ...quiet, facts, evidence: run }).signals[0]?.step_index).toBe(6);
    expect(judge({ ...quiet, facts }).signals[0]?.step_index).toBeUndefined();
  });
});

describe("signals that fire together", () => {
  const confidenceOfEmpty = (facts: Partial<Facts>): [number | undefined, unknown] => {
    const signal = verdictOn({ ...facts, ...empty }).signals.find(
      ({ failure_type }) => failure_type === "EMPTY_LLM_RESPONSE",
    );
    return [signal?.confidence, signal?.evidence.co_signal_count];
  };
  const truncation = (facts: Partial<Facts>) =>
    verdictOn({ ...facts, ...truncated }).signals.find(({ failure_type }) => failure_type === "LLM_TRUNCATION_LOOP");

  it("raise each other's confidence, up to 1", () => {
    expect(truncation({})).toMatchObject({ confidence: 0.5, evidence: { co_signal_count: 0 } });
    expect(truncation(empty)).toMatchObject({ confidence: 0.575, evidence: { co_signal_count: 2 } });
    expect(truncation({ ...empty, ...thrashing })).toMatchObject({
      confidence: 0.65,
      evidence: { co_signal_count: 3 },
    });
    expect(truncation({ ...empty, ...thrashing, ...cascading })).toMatchObject({
      confidence: 0.7,
      evidence: { co_signal_count: 4 },
    });
    const five = { ...empty, ...thrashing, ...cascading, ...FIRING.FIRST_STEP_FAILURE.facts };
    expect(truncation(five)).toMatchObject({ confidence: 0.7, evidence: { co_signal_count: 5 } });
    expect(confidenceOfEmpty(truncated)).toEqual([1, 2]);
  });

  it("leave LOW and shadow signals out, and as they are", () => {
    const { signals } = verdictOn({ ...truncated, loop_count: 3, model_changes: 1 });
    expect(
      signals.map(({ failure_type, confidence, evidence }) => [failure_type, confidence, evidence.co_signal_count]),
    ).toEqual([
      ["LLM_TRUNCATION_LOOP", 0.5, 0],
      ["MODEL_FALLBACK_DRIFT", 0.7, undefined],
      ["TOOL_LOOP", 0.5, undefined],
    ]);
  });

  it("count once they are taken out of shadow", () => {
    const settings = { ...DEFAULT_SETTINGS, MODEL_FALLBACK_DRIFT: { thresholds: {}, shadow: false } };
    expect(verdictOn({ ...truncated, model_changes: 1 }, settings).signals.map(({ confidence }) => confidence)).toEqual(
      [0.575, 0.805],
    );
  });
});

describe("overrides", () => {
  const loop = { loop_count: 3, loop_tool: "web_search" };
  const first = (facts: Partial<Facts>) => verdictOn(facts).signals[0];

  it.each([
    [{ ...loop, repeat_calls: 8 }, "CRITICAL", 0.98, "LOW"],
    [{ ...loop, repeat_calls: 7 }, "LOW", 0.5, "LOW"],
    [{ ...loop, tail_failures: 5 }, "HIGH", 0.95, "LOW"],
    [{ ...loop, tail_failures: 4 }, "LOW", 0.5, "LOW"],
    [{ ...loop, repeat_calls: 8, tail_failures: 5 }, "CRITICAL", 0.98, "LOW"],
    [{ ...FIRING.RETRY_STORM.facts, tail_failures: 9 }, "HIGH", 0.95, "HIGH"],
    [{ ...cascading, tail_failures: 5 }, "HIGH", 0.95, "HIGH"],
    [{ ...cascading, cascade_open: 0, tail_failures: 5 }, "HIGH", 0.95, "MEDIUM"],
  ])("make %j %s %d", (facts, severity, confidence, base_severity) => {
    expect(first(facts)).toMatchObject({ severity, confidence, base_severity });
  });

  it("leave other signals alone", () => {
    expect(first({ ...truncated, repeat_calls: 20, tail_failures: 9 })).toMatchObject({
      severity: "HIGH",
      confidence: 0.5,
    });
  });

  it("make no signal of a rule that did not fire", () => {
    expect(verdictOn({ repeat_calls: 20, tail_failures: 20 }).signals).toEqual([]);
  });

  it("have exact confidences, however many signals fire", () => {
    const { signals } = verdictOn({ ...empty, ...truncated, ...thrashing, ...FIRING.TOOL_LOOP.facts, repeat_calls: 8 });
    expect(signals[0]).toMatchObject({ failure_type: "TOOL_LOOP", confidence: 0.98, evidence: { co_signal_count: 4 } });
  });
});

describe("on any facts", () => {
  const input = fc.record({
    facts: arbitraryFacts,
    ended: fc.constantFrom("run.completed" as const, "run.errored" as const, undefined),
    exit_reason: fc.constantFrom("final_answer" as const, "completed" as const, "error" as const, undefined),
    baseline: fc.record(
      { steps: fc.nat(10), total_tokens: fc.nat(20_000), slowest_tool_ms: fc.nat(20_000), active_ms: fc.nat(90_000) },
      { requiredKeys: [] },
    ),
  });

  it("signals are ordered, complete and weighed as their rules say", () => {
    fc.assert(
      fc.property(input, fc.boolean(), (run, withEvidence) => {
        const evidence = withEvidence ? testEvidence({ loop: [testAction()] }) : undefined;
        const { signals, no_data } = judge({ ...run, settings: DEFAULT_SETTINGS, evidence });
        const order = signals.map((signal) => [
          -severityRank(signal.severity),
          FAILURE_TYPES.indexOf(signal.failure_type),
        ]);
        expect(order).toEqual([...order].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d));
        const counted = signals.filter(({ shadow, base_severity }) => !shadow && base_severity !== "LOW");
        const boost = [1, 1, 1.15, 1.3, 1.4][Math.min(counted.length, 4)] ?? 0;
        const fired = new Set(signals.map(({ failure_type }) => failure_type));
        for (const { failure_type } of no_data) expect(fired.has(failure_type)).toBe(false);
        for (const signal of signals) {
          const { thresholds } = DEFAULT_SETTINGS[signal.failure_type];
          const verdict = detectorOf(signal.failure_type).rule({ ...run, thresholds });
          expect(signal.base_severity).toBe(verdict?.severity);
          expect(severityRank(signal.base_severity)).toBeLessThanOrEqual(
            severityRank(detectorOf(signal.failure_type).top),
          );
          const isOverridden =
            OVERRIDABLE.includes(signal.failure_type) && (run.facts.repeat_calls >= 8 || run.facts.tail_failures >= 5);
          if (isOverridden) expect(signal.confidence).toBe(run.facts.repeat_calls >= 8 ? 0.98 : 0.95);
          else {
            const raised = counted.includes(signal) ? boost : 1;
            expect(signal.confidence).toBe(roundConfidence(Math.min(1, (verdict?.confidence ?? 0) * raised)));
            expect(signal.severity).toBe(signal.base_severity);
          }
        }
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});
