import { describe, expect, it } from "vitest";
import { DETECTORS, detectorOf } from "../../core/detectors";
import { comparedFacts, decidingFact } from "./comparisons";

const of = (type: Parameters<typeof detectorOf>[0], name: string) => {
  const detector = detectorOf(type);
  return comparedFacts(detector, name, detector.defaults).map(({ fact, op }) => `${fact} ${op}`);
};

describe("comparedFacts", () => {
  it("tells from the rule what a setting is compared with", () => {
    expect(of("TOOL_LOOP", "threshold")).toContain("loop_count >=");
    expect(of("FIRST_STEP_FAILURE", "max_step")).toEqual(["first_failure_step <="]);
    expect(of("STEP_COUNT_INFLATION", "inflation_factor")).toEqual(["steps >"]);
    expect(of("COST_SPIKE", "inflation_factor")).toEqual(["total_tokens >="]);
    expect(of("COST_SPIKE", "static_threshold_tokens")).toEqual(["total_tokens >="]);
    expect(of("COST_SPIKE", "floor_tokens")).toEqual(["total_tokens >="]);
    expect(of("RAG_EMPTY_RETRIEVAL", "min_results")).toEqual(["retrieval_min_results <"]);
  });

  it("decides by what the rule reads first", () => {
    expect(decidingFact(detectorOf("TOOL_LOOP"), "threshold", { threshold: 3 })).toEqual({
      fact: "loop_count",
      op: ">=",
    });
  });

  it("knows the fact of every setting of every detector", () => {
    for (const { type, defaults } of DETECTORS)
      for (const name of Object.keys(defaults)) expect(of(type, name), `${type} ${name}`).not.toEqual([]);
  });
});
