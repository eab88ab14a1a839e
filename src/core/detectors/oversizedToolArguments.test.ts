import { describe, expect, it } from "vitest";
import { oversizedToolArguments } from "./oversizedToolArguments";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof oversizedToolArguments>[] = [
  ["no tool call", {}, "clear"],
  ["unknown lengths", { facts: { tool_calls: 1 } }, "no data: lengths of the tool arguments"],
  ["arguments at the limit", { facts: { tool_calls: 1, args_length_max: 10_000 } }, "clear"],
  ["arguments above the limit", { facts: { tool_calls: 1, args_length_max: 10_001 } }, "MEDIUM 0.9"],
];

describe("OVERSIZED_TOOL_ARGUMENTS", () => {
  it.each(cases)("judges %s", (_name, input, outcome) =>
    expect(outcomeOf(oversizedToolArguments, input)).toBe(outcome),
  );

  it("shows whose they were", () => {
    const findings = testFindings(
      oversizedToolArguments,
      { facts: { tool_calls: 2, args_length_max: 12_000 } },
      { longest_args: { tool: "write_file", step: 5, length: 12_000 } },
    );
    expect(oversizedToolArguments.evidence(findings)).toEqual({
      step_index: 5,
      tool_name: "write_file",
      arg_length: 12_000,
      threshold: 10_000,
      args_length_max: 12_000,
    });
    expect(oversizedToolArguments.step(findings)).toBe(5);
    expect(oversizedToolArguments.explain(findings).title).toBe("Arguments of 12,000 characters for write_file");
    expect(oversizedToolArguments.shadow).toBe(true);
  });
});
