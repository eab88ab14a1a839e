import { describe, expect, it } from "vitest";
import { parseDetectorConfig } from "../../core/detectors";
import { agentParts, alertedAgents } from "./agentParts";

const parts = (document: object) =>
  agentParts(parseDetectorConfig(document, "detectors.yml"), "SLOW_STEP").map(({ agents, setting }) => [
    agents,
    setting.thresholds.tool_ms,
  ]);
const own = (tool_ms: number, shadow = false) => ({ slow_step: { tool_ms, shadow } });

describe("agentParts", () => {
  it("is one set when no agent has settings of its own", () => {
    expect(parts({})).toEqual([[{ except: [] }, 15_000]]);
    expect(parts({ a: { tool_loop: { threshold: 9 } }, b: own(15_000) })).toEqual([[{ except: [] }, 15_000]]);
  });

  it("puts agents with the same settings together, and leaves out those in shadow", () => {
    expect(parts({ c: own(1), a: own(1), b: own(2), s: own(15_000, true) })).toEqual([
      [{ except: ["a", "b", "c", "s"] }, 15_000],
      [{ only: ["a", "c"] }, 1],
      [{ only: ["b"] }, 2],
    ]);
  });

  it("has only the exceptions when the detector is in shadow", () => {
    expect(parts({ default: own(15_000, true) })).toEqual([]);
    expect(parts({ default: own(15_000, true), a: own(15_000), b: own(7, true) })).toEqual([[{ only: ["a"] }, 15_000]]);
  });
});

describe("alertedAgents", () => {
  it("goes by shadow alone", () => {
    const agents = (document: object) => alertedAgents(parseDetectorConfig(document, "detectors.yml"), "SLOW_STEP");
    expect(agents({ a: own(1) })).toEqual({ except: [] });
    expect(agents({ a: own(1, true) })).toEqual({ except: ["a"] });
    expect(agents({ default: own(1, true), a: own(1, false) })).toEqual({ only: ["a"] });
    expect(agents({ default: own(1, true) })).toBeUndefined();
  });
});
