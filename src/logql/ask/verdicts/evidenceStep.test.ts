import { expect, it } from "vitest";
import { evidenceStep } from "./evidenceStep";

it("finds the step that evidence is about, whatever a producer calls it", () => {
  expect(evidenceStep({ first_fail_step: 2, last_fail_step: 5, step_indices: [2, 5] })).toBe(5);
  expect(evidenceStep({ first_call_step: 1, last_call_step: 4 })).toBe(4);
  expect(evidenceStep({ failed_step: 0, max_step: 2 })).toBe(0);
});

it("knows none where evidence tells none, or nonsense", () => {
  expect(evidenceStep({ steps: 40 })).toBeUndefined();
  expect(evidenceStep({ step_index: "7", last_step: -1, first_step: 1.5, current_step: null })).toBeUndefined();
});
