import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../core/detectors";
import { needsOf } from "./needs";

describe("needsOf", () => {
  it("names what each detector cannot judge without", () => {
    expect(Object.fromEntries(DETECTORS.flatMap((detector) => [[detector.type, needsOf(detector)]]))).toMatchObject({
      STEP_COUNT_INFLATION: "a baseline of steps (20 completed runs in 7 days)",
      TURN_BURST: "a baseline of calls per turn (20 completed runs in 7 days)",
      TOOL_AVOIDANCE: "declared tools",
      PROMPT_INJECTION_SIGNAL: "a scanned input",
      COST_SPIKE: "token counts of the LLM calls",
      CONTEXT_BLOAT: "prompt tokens of at least 3 LLM calls",
      RAG_EMPTY_RETRIEVAL: "result counts of the retrievals",
      OVERSIZED_TOOL_ARGUMENTS: "lengths of the tool arguments",
      EMPTY_LLM_RESPONSE: "output lengths of the LLM answers",
      TOOL_LOOP: undefined,
      RETRY_STORM: undefined,
    });
  });
});
