import { describe, expect, it } from "vitest";
import { LINES, testRun } from "../run/testRun";
import { comparedSignals, differentFacts } from "./differences";
import { changeText, comparedFigures } from "./figures";

const whole = testRun().facts;
const short = testRun(LINES.slice(0, 5)).facts;

describe("comparedFigures", () => {
  const verdicts = (a: typeof whole, b: typeof whole) =>
    Object.fromEntries(comparedFigures(a, b).map(({ name, verdict, change }) => [name, [verdict, change]]));

  it("calls less better and more worse", () => {
    expect(verdicts(whole, short)).toMatchObject({
      Duration: ["better", "−55.6 %"],
      "LLM calls": ["same", undefined],
      "Failed tool calls": ["better", "−100.0 %"],
      Cost: ["same", undefined],
    });
    expect(verdicts(short, whole)).toMatchObject({ "Failed tool calls": ["worse", undefined] });
  });

  it("calls more work neither better nor worse", () => {
    expect(verdicts(whole, short)).toMatchObject({
      Steps: [undefined, "−50.0 %"],
      "Tool calls": [undefined, "−66.7 %"],
    });
    expect(
      comparedFigures(whole, { ...whole, llm_calls: 9 }).find(({ name }) => name === "LLM calls")?.verdict,
    ).toBeUndefined();
  });

  it("does not judge sums with a gap", () => {
    const gaps = { ...short, unpriced_llm_calls: 1, unmetered_llm_calls: 1 };
    const { Cost, Tokens } = verdicts(whole, gaps);
    expect([Cost, Tokens]).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(comparedFigures(whole, gaps).find(({ name }) => name === "Cost")?.b).toContain("≥");
  });

  it("has no share of nothing", () => {
    expect(changeText(0, 3)).toBeUndefined();
    expect(changeText(4, 5)).toBe("+25.0 %");
  });
});

describe("differences", () => {
  it("lists the facts that differ and no others", () => {
    const names = differentFacts(whole, short).map(({ name }) => name);
    expect(names).toContain("steps");
    expect(names).not.toContain("llm_calls");
    expect(differentFacts(whole, whole)).toEqual([]);
  });

  it("puts signals of one type in one row, worst first", () => {
    const loop = { failure_type: "TOOL_LOOP", severity: "LOW" } as const;
    const storm = { failure_type: "RETRY_STORM", severity: "HIGH" } as const;
    expect(comparedSignals([loop], [loop, storm])).toEqual([
      { failure_type: "RETRY_STORM", a: undefined, b: storm },
      { failure_type: "TOOL_LOOP", a: loop, b: loop },
    ]);
  });
});
