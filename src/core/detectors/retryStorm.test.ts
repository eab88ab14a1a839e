import { describe, expect, it } from "vitest";
import { retryStorm } from "./retryStorm";
import { outcomeOf, type RuleCase, testAction, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof retryStorm>[] = [
  ["no failure", {}, "clear"],
  ["two failures", { facts: { retry_streak: 2, retry_streak_turn: 2, failed_repeats: 1 } }, "clear"],
  [
    "three failures over several turns",
    { facts: { retry_streak: 3, retry_streak_turn: 2, failed_repeats: 1 } },
    "MEDIUM 0.5",
  ],
  ["three failures in one turn", { facts: { retry_streak: 3, retry_streak_turn: 3, failed_repeats: 1 } }, "HIGH 0.5"],
  ["the same call failing twice", { facts: { retry_streak: 2, retry_streak_turn: 2, failed_repeats: 2 } }, "HIGH 0.5"],
  [
    "the same call failing in two turns",
    { facts: { retry_streak: 2, retry_streak_turn: 1, failed_repeats: 2 } },
    "MEDIUM 0.5",
  ],
  ["the larger of both ratios", { facts: { retry_streak: 3, retry_streak_turn: 2, failed_repeats: 3 } }, "HIGH 0.7"],
  ["a higher threshold", { facts: { retry_streak: 4, retry_streak_turn: 4 }, thresholds: { threshold: 5 } }, "clear"],
];

describe("RETRY_STORM", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(retryStorm, input)).toBe(outcome));

  const facts = { retry_streak: 3, retry_tool: "lookup_order", retry_streak_turn: 3, failed_repeats: 1 };
  const failed = [3, 5, 7].map((step) =>
    testAction({ name: "lookup_order", step, args_hash: `a${step}`, success: false, error_hash: "e1" }),
  );

  it("shows the failures and whether arguments and reason stayed the same", () => {
    const findings = testFindings(retryStorm, { facts }, { retry: failed });
    expect(retryStorm.evidence(findings)).toEqual({
      tool: "lookup_order",
      consecutive_fails: 3,
      threshold: 3,
      first_fail_step: 3,
      last_fail_step: 7,
      step_indices: [3, 5, 7],
      args_identical: false,
      error_hashes: ["e1", "e1", "e1"],
      failure_reason_hash: "e1",
      reason_identical: true,
      ...facts,
    });
    expect(retryStorm.step(findings)).toBe(7);
  });

  it("does not call unknown reasons equal", () => {
    const unknown = failed.map((call) => ({ ...call, error_hash: undefined, args_hash: undefined }));
    const evidence = retryStorm.evidence(testFindings(retryStorm, { facts }, { retry: unknown }));
    expect(evidence).toMatchObject({
      args_identical: false,
      reason_identical: false,
      error_hashes: [null, null, null],
    });
    expect(evidence).not.toHaveProperty("failure_reason_hash");
  });

  it("says never only when the run is over", () => {
    const ended = testFindings(retryStorm, { facts, ended: "run.completed" }, { retry: failed });
    expect(retryStorm.explain(ended).title).toBe("lookup_order failed 3 times in a row and never recovered");
    expect(retryStorm.explain(testFindings(retryStorm, { facts })).title).toBe(
      "lookup_order failed 3 times in a row and has not recovered",
    );
  });
});
