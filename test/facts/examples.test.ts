import { describe, expect, it } from "vitest";
import { FACT_NAMES, type Facts } from "../../src/core/facts/facts";
import { FactTracker } from "../../src/core/facts/tracker";
import { COUNTS } from "./examples/counts";
import { FAILURES } from "./examples/failures";
import { LLM } from "./examples/llm";
import { LOOPS } from "./examples/loops";
import { PAIRING } from "./examples/pairing";
import { TIMING } from "./examples/timing";
import { FAKE_PRICES } from "./fakePrices";
import { oracleEnd, oracleFacts } from "./oracle";
import { type Example, type Story, story } from "./story";

function track(run: Story): FactTracker {
  const tracker = new FactTracker({ prices: FAKE_PRICES });
  for (const event of run.events) tracker.add(event);
  return tracker;
}

function only(expected: Partial<Facts>, facts: Facts): Partial<Facts> {
  return Object.fromEntries(FACT_NAMES.filter((name) => name in expected).map((name) => [name, facts[name]]));
}

const TOPICS: Readonly<Record<string, readonly Example[]>> = {
  "counts, inputs and retrievals": COUNTS,
  "LLM calls": LLM,
  "loops, repeats and alternation": LOOPS,
  failures: FAILURES,
  times: TIMING,
  "answers and calls": PAIRING,
};

describe.each(Object.entries(TOPICS))("facts of %s", (_topic, examples) => {
  it.each(examples)("%s", (_sentence, run, expected) => {
    expect(only(expected, track(run).finish())).toEqual(expected);
    // The reference of the agreement test is held to the same examples.
    expect(only(expected, oracleFacts(run.events, FAKE_PRICES))).toEqual(expected);
  });
});

describe("the end of a run", () => {
  it.each([
    ["is not there without a terminal event", story().start(), undefined, undefined],
    ["is completed when it does not say", story().start().done(), "run.completed", "completed"],
    ["is an error when it does not say", story().start().errored(), "run.errored", "error"],
    ["keeps what it says", story().start().done("handoff"), "run.completed", "handoff"],
    ["is the later of two", story().errored("policy_violation").done("final_answer"), "run.completed", "final_answer"],
  ] as const)("%s", (_sentence, run, ended, exit_reason) => {
    const tracker = track(run);
    expect({ ended: tracker.ended, exit_reason: tracker.exit_reason }).toEqual({ ended, exit_reason });
    expect(oracleEnd(run.events)).toEqual({ ended, exit_reason });
  });
});
