import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listParam, parseList } from "./listParam";
import { isFiltered, parseFilters, runFilterOf, signalFilterOf } from "./parseFilters";

describe("listParam", () => {
  it("gives back every list of values, whatever they hold", () => {
    const values = fc.uniqueArray(fc.string({ minLength: 1, unit: "binary" }), { maxLength: 8 });
    fc.assert(
      fc.property(values, (list) => {
        expect(parseList(listParam(list))).toEqual(list);
      }),
    );
  });

  it("reads what people write by hand", () => {
    expect(parseList("a,b,,a,")).toEqual(["a", "b"]);
    expect(parseList("a\\,b")).toEqual(["a,b"]);
    expect(parseList(undefined)).toEqual([]);
  });
});

describe("parseFilters", () => {
  it("reads every parameter", () => {
    const filters = parseFilters({
      agent: "research-agent,support-bot",
      version: "3f2a91bc",
      env: "prod",
      type: "TOOL_LOOP,retry_storm",
      severity: "high",
      session: "s-1",
      q: 'a "quoted" text',
      shadow: "true",
      from: "now-1h",
    });
    expect(filters.ignored).toEqual([]);
    expect(signalFilterOf(filters)).toEqual({
      agents: ["research-agent", "support-bot"],
      versions: ["3f2a91bc"],
      environment: "prod",
      failure_types: ["TOOL_LOOP", "RETRY_STORM"],
      min_severity: "HIGH",
      session_id: "s-1",
      text: 'a "quoted" text',
      shadow: true,
    });
    expect(runFilterOf(filters)).toEqual(signalFilterOf(filters));
  });

  it("passes over what it cannot use, and says so", () => {
    const long = "x".repeat(257);
    const filters = parseFilters({ type: "TOOL_LOOP,NOT_ONE", severity: "worst", agent: `a,${long}`, shadow: "maybe" });
    expect(signalFilterOf(filters)).toEqual({ agents: ["a"], failure_types: ["TOOL_LOOP"] });
    expect(filters.ignored).toEqual([
      { param: "type", value: "NOT_ONE" },
      { param: "severity", value: "worst" },
      { param: "shadow", value: "maybe" },
      { param: "agent", value: long },
    ]);
  });

  it("filters runs by shadow only where it filters by signals", () => {
    expect(runFilterOf(parseFilters({ shadow: "true" }))).toEqual({});
    expect(runFilterOf(parseFilters({ shadow: "true", type: "TOOL_LOOP" }))).toEqual({
      failure_types: ["TOOL_LOOP"],
      shadow: true,
    });
  });

  it("knows an address without filters", () => {
    expect(isFiltered(parseFilters({ from: "now-1h" }))).toBe(false);
    expect(isFiltered(parseFilters({ q: "x" }))).toBe(true);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("agent", "type", "severity", "q", "env"), fc.string()), (params) => {
        runFilterOf(parseFilters(params));
      }),
    );
  });
});
