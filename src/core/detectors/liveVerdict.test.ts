import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FactEvent } from "../facts/event";
import { FactTracker } from "../facts/tracker";
import { severityRank } from "../wire/terms";
import { judge } from "./judge";
import { type LiveSignal, LiveSignals } from "./live";
import { parseDetectorConfig } from "./settings";

type Move =
  | {
      readonly kind: "tool";
      readonly name: string;
      readonly args: string | undefined;
      readonly result: number | undefined;
      readonly ok: boolean;
    }
  | {
      readonly kind: "llm";
      readonly tokens: number;
      readonly length: number;
      readonly reason: "stop" | "length" | "tool_calls";
      readonly model: string;
    }
  | { readonly kind: "retrieval"; readonly results: number }
  | { readonly kind: "input"; readonly patterns: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constant("tool" as const),
    name: fc.constantFrom("read", "read", "write"),
    args: fc.constantFrom("a1", "a1", "a2", undefined),
    result: fc.constantFrom(5, 5, 6, undefined),
    ok: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("llm" as const),
    tokens: fc.constantFrom(100, 2500, 9000),
    length: fc.constantFrom(0, 20, 20),
    reason: fc.constantFrom("stop" as const, "length" as const, "tool_calls" as const),
    model: fc.constantFrom("gpt-4o", "gpt-4o", "gpt-4o-mini"),
  }),
  fc.record({ kind: fc.constant("retrieval" as const), results: fc.nat(2) }),
  fc.record({ kind: fc.constant("input" as const), patterns: fc.nat(2) }),
);

/** One move, the same over and over, two in turn, or one tool with several arguments: what agents get stuck in. */
const stretch: fc.Arbitrary<readonly Move[]> = fc.oneof(
  move.map((one) => [one]),
  fc.tuple(move, fc.integer({ min: 2, max: 9 })).map(([one, times]) => new Array<Move>(times).fill(one)),
  fc
    .tuple(move, move, fc.integer({ min: 4, max: 8 }))
    .map(([one, other, times]) => Array.from({ length: times }, (_, i) => (i % 2 === 0 ? one : other))),
  fc
    .array(fc.constantFrom("a1", "a2", "a3", undefined), { minLength: 3, maxLength: 6 })
    .map((hashes) => hashes.map((args): Move => ({ kind: "tool", name: "read", args, result: 5, ok: true }))),
);
const pace = fc.array(fc.tuple(fc.constantFrom(100, 100, 2000, 20_000), fc.boolean()), { minLength: 1, maxLength: 5 });

/** Call and answer of a move; the answer takes the given time. */
function eventsOf(made: Move, at: number, ms: number, step: number): FactEvent[] {
  const call = { time: at * 1_000_000, step_index: step, schema: 1 };
  const answer = { ...call, time: call.time + ms * 1000 };
  if (made.kind === "input") {
    const injection_signal = { matched_pattern_count: made.patterns, matched_patterns: ["act_as"], input_length: 9 };
    return [
      { ...call, event_type: "input.received", payload: { input_hash: "b1", input_length: 9, injection_signal } },
    ];
  }
  if (made.kind === "retrieval") {
    return [
      { ...call, event_type: "retrieval.called", payload: { index_name: "docs", query_hash: "q1" } },
      { ...answer, event_type: "retrieval.responded", payload: { index_name: "docs", result_count: made.results } },
    ];
  }
  if (made.kind === "tool") {
    const { name: tool_name, args, result, ok } = made;
    return [
      { ...call, event_type: "tool.called", payload: { tool_name, args_hash: args, args_length: 20 } },
      { ...answer, event_type: "tool.responded", payload: { tool_name, success: ok, output_length: result } },
    ];
  }
  const { model, tokens, length, reason } = made;
  return [
    { ...call, event_type: "llm.called", payload: { model } },
    {
      ...answer,
      event_type: "llm.responded",
      payload: { model, prompt_tokens: tokens, completion_tokens: 9, finish_reason: reason, output_length: length },
    },
  ];
}

const baseline = { steps: 6, total_tokens: 4000, slowest_llm_ms: 900, context_growth: 2, turn_calls_max: 3 };
const settings = parseDetectorConfig(
  {
    default: {
      turn_burst: { shadow: false },
      failure_share: { shadow: false },
      model_fallback_drift: { shadow: false },
    },
  },
  "test",
).settingsFor("any");

describe("live signals and the final verdict", () => {
  it("agree: what is not provisional stands, at that severity or above", () => {
    const run = fc.record({
      stretches: fc.array(stretch, { maxLength: 6 }),
      pace,
      exit_reason: fc.constantFrom("final_answer" as const, "completed" as const, undefined),
    });
    fc.assert(
      fc.property(run, ({ stretches, pace: times, exit_reason }) => {
        const tracker = new FactTracker();
        const live = new LiveSignals(settings, baseline);
        const reported: LiveSignal[] = [];
        let step = 0;
        let at = 0;
        const late: FactEvent[] = [];
        const add = (event: FactEvent): void => {
          tracker.add(event);
          reported.push(...live.afterEvent(tracker));
        };
        for (const [i, made] of stretches.flat().entries()) {
          const [ms, isLate] = times[i % times.length] ?? [100, false];
          if (made.kind !== "input") step++;
          at += 30;
          const [call, answer] = eventsOf(made, at, ms, step);
          if (call !== undefined) add(call);
          // Parallel calls: an answer may come after the next call.
          for (const waiting of late.splice(0)) add(waiting);
          if (answer !== undefined && isLate) late.push(answer);
          else if (answer !== undefined) add(answer);
        }
        for (const waiting of late) add(waiting);
        if (exit_reason !== undefined) {
          add({
            event_type: "run.completed",
            payload: { exit_reason },
            time: (at + 60) * 1_000_000,
            step_index: step,
            schema: 1,
          });
        }
        const { signals } = judge({
          facts: tracker.finish(),
          ended: tracker.ended,
          exit_reason: tracker.exit_reason,
          baseline,
          settings,
          evidence: tracker.evidence(),
        });
        for (const { failure_type, severity } of reported.filter(({ provisional }) => !provisional)) {
          const final = signals.find((signal) => signal.failure_type === failure_type);
          expect(final, `${failure_type} was reported as ${severity}`).toBeDefined();
          if (final !== undefined) expect(severityRank(final.severity)).toBeGreaterThanOrEqual(severityRank(severity));
        }
        if (exit_reason !== undefined) return;
        // Without a terminal event nothing is left to say but what only the end can tell, LOW signals and open calls.
        const told = new Map(reported.map(({ failure_type, severity }) => [failure_type, severityRank(severity)]));
        for (const { failure_type, severity } of signals) {
          if (!LIVE_TO_THE_END.has(failure_type) || severity === "LOW") continue;
          expect(told.get(failure_type) ?? -1, failure_type).toBeGreaterThanOrEqual(severityRank(severity));
        }
      }),
      { numRuns: 3000, seed: 7 },
    );
  });
});

/** Judged live on facts that are certain at once; an empty answer or a pause is certain with the next event only. */
const LIVE_TO_THE_END: ReadonlySet<string> = new Set([
  "TOOL_LOOP",
  "TOOL_THRASHING",
  "PROMPT_INJECTION_SIGNAL",
  "LLM_TRUNCATION_LOOP",
  "CONTEXT_BLOAT",
  "RETRY_STORM",
  "STEP_COUNT_INFLATION",
  "CASCADING_TOOL_FAILURE",
  "COST_SPIKE",
  "FAILURE_SHARE",
  "TURN_BURST",
  "MODEL_FALLBACK_DRIFT",
]);
