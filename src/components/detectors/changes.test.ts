import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../core/detectors";
import { changesParam, parseChanges, realChanges, withChange } from "./changes";

describe("parseChanges", () => {
  it("reads what changesParam wrote", () => {
    const changes = { TOOL_LOOP: { threshold: 4 }, RAG_EMPTY_RETRIEVAL: { min_results: 0, min_score: undefined } };
    const param = changesParam(changes);
    expect(param).toBe("tool_loop.threshold:4,rag_empty_retrieval.min_results:0,rag_empty_retrieval.min_score:off");
    expect(parseChanges(param)).toEqual(changes);
    expect(changesParam({})).toBeUndefined();
  });

  it("leaves out what is no setting or no value of one", () => {
    for (const param of [
      undefined,
      "",
      "tool_loop.threshold:-1",
      "tool_loop.threshold:0",
      "tool_loop.threshold:off",
      "tool_loop.threshold:",
      "tool_loop.window:4",
      "nothing.threshold:4",
      "tool_loop.toString:4",
      "tool_loop.threshold:1e999",
      "tool_loop.threshold:4;x",
      "__proto__.threshold:4",
    ])
      expect(parseChanges(param)).toEqual({});
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (param) => void parseChanges(param)));
  });
});

describe("changes", () => {
  it("are gone once they are what is in use", () => {
    const inUse = DEFAULT_SETTINGS.SLOW_STEP.thresholds;
    const one = withChange({ TOOL_LOOP: { threshold: 4 } }, "SLOW_STEP", "tool_ms", 9000, inUse);
    expect(one).toEqual({ TOOL_LOOP: { threshold: 4 }, SLOW_STEP: { tool_ms: 9000 } });
    expect(withChange(one, "SLOW_STEP", "tool_ms", 15_000, inUse)).toEqual({ TOOL_LOOP: { threshold: 4 } });
    expect(realChanges({ TOOL_LOOP: { threshold: 3 }, SLOW_STEP: { llm_ms: 1 } }, DEFAULT_SETTINGS)).toEqual({
      SLOW_STEP: { llm_ms: 1 },
    });
  });
});
