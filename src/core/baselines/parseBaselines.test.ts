import { describe, expect, it } from "vitest";
import { BaselineFileError, NO_BASELINES, parseBaselines } from "./parseBaselines";

const FILE = {
  schema: 1,
  generated_at: "2026-11-20T10:00:00.000000Z",
  window_days: 7,
  agents: {
    "support-bot": {
      "*": { runs: 60, p75: { steps: 10, total_tokens: 5000 } },
      "59c22128": { runs: 25, p75: { steps: 12.5, active_ms: 900 } },
    },
    "only-versions": { v1: { runs: 20, p75: { steps: 3 } } },
  },
};

describe("parseBaselines", () => {
  const baselines = parseBaselines(FILE, "baselines.json");

  it("takes each fact from the version, else from the agent alone", () => {
    expect(baselines.baselineOf("support-bot", "59c22128")).toEqual({
      steps: 12.5,
      active_ms: 900,
      total_tokens: 5000,
    });
    expect(baselines.baselineOf("support-bot", "other")).toEqual({ steps: 10, total_tokens: 5000 });
    expect(baselines.baselineOf("support-bot", undefined)).toEqual({ steps: 10, total_tokens: 5000 });
    expect(baselines.baselineOf("support-bot", "*")).toEqual({ steps: 10, total_tokens: 5000 });
    expect(baselines.baselineOf("only-versions", "v1")).toEqual({ steps: 3 });
    expect(baselines.baselineOf("only-versions", "v2")).toEqual({});
    expect(baselines.baselineOf("unknown", "59c22128")).toEqual({});
    expect(NO_BASELINES.baselineOf("support-bot", "59c22128")).toEqual({});
  });

  it("knows where they come from", () => {
    expect(baselines.generatedAt).toBe(Date.parse("2026-11-20T10:00:00Z") * 1000);
    expect(baselines.windowDays).toBe(7);
    expect(baselines.agents).toEqual(["support-bot", "only-versions"]);
  });

  it("gives the same object every time, and one nobody can change", () => {
    const baseline = baselines.baselineOf("support-bot", "59c22128");
    expect(baselines.baselineOf("support-bot", "59c22128")).toBe(baseline);
    expect(Object.isFrozen(baseline)).toBe(true);
  });

  it("passes over keys and facts it does not know", () => {
    const entry = { runs: 20, p75: { steps: 1, new_fact: "x" }, p95: {} };
    const later = { ...FILE, extra: 1, agents: { a: { "*": entry } } };
    expect(parseBaselines(later, "b.json").baselineOf("a", undefined)).toEqual({ steps: 1 });
  });

  const REMEDY = "make the file anew with `dunetrace baselines`";
  const agents = (entry: unknown): unknown => ({ ...FILE, agents: { "a b": { "*": entry } } });
  it.each<[document: unknown, problem: string]>([
    [null, `the document is null, not an object; ${REMEDY}`],
    [[], `the document is a list, not an object; ${REMEDY}`],
    ["x".repeat(100), `the document is "${"x".repeat(39)}…, not an object; ${REMEDY}`],
    [{}, `schema is missing, not 1; ${REMEDY}`],
    [{ ...FILE, schema: "1" }, `schema is "1", not 1; ${REMEDY}`],
    [{ ...FILE, schema: 2 }, "schema is 2, this version reads 1; update dunetrace-grafana"],
    [{ ...FILE, generated_at: "today" }, `generated_at is "today", not an RFC 3339 time; ${REMEDY}`],
    [{ ...FILE, window_days: -1 }, `window_days is -1, not a number of 0 or more; ${REMEDY}`],
    [{ ...FILE, agents: undefined }, `agents is missing, not an object; ${REMEDY}`],
    [{ ...FILE, agents: { "a b": [] } }, `agents["a b"] is a list, not an object; ${REMEDY}`],
    [agents(5), `agents["a b"]["*"] is 5, not an object; ${REMEDY}`],
    [agents({ runs: 1 }), `agents["a b"]["*"].p75 is missing, not an object; ${REMEDY}`],
    [agents({ p75: { steps: "9" } }), `agents["a b"]["*"].p75.steps is "9", not a number of 0 or more; ${REMEDY}`],
    [agents({ p75: { steps: {} } }), `agents["a b"]["*"].p75.steps is an object, not a number of 0 or more; ${REMEDY}`],
  ])("case %#: names the place and the next step", (document, problem) => {
    expect(() => parseBaselines(document, "/etc/baselines.json")).toThrow(
      new BaselineFileError(`/etc/baselines.json: ${problem}`),
    );
  });
});
