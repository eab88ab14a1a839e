import { describe, expect, it } from "vitest";
import { emptyLlmResponse } from "./emptyLlmResponse";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof emptyLlmResponse>[] = [
  ["unknown lengths", { facts: { empty_responses: undefined } }, "no data: output lengths of the LLM answers"],
  ["no empty answer", { facts: { empty_responses: 0 } }, "clear"],
  ["one empty answer", { facts: { empty_responses: 1 } }, "HIGH 0.95"],
  ["several", { facts: { empty_responses: 4 } }, "HIGH 0.95"],
];

describe("EMPTY_LLM_RESPONSE", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(emptyLlmResponse, input)).toBe(outcome));

  it("shows the first one", () => {
    const findings = testFindings(emptyLlmResponse, { facts: { empty_responses: 2 } }, { empty_steps: [6, 9] });
    expect(emptyLlmResponse.evidence(findings)).toEqual({
      occurrences: 2,
      first_step: 6,
      finish_reason: "stop",
      empty_responses: 2,
    });
    expect(emptyLlmResponse.step(findings)).toBe(6);
    expect(emptyLlmResponse.explain(findings).title).toBe("Model answered with nothing at step 6, twice in all");
  });
});
