import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { migrateQuery, migrateVariableQuery } from "./migrate";

describe("migrateQuery", () => {
  it("asks for the newest runs where nothing is stored", () => {
    expect(migrateQuery({ refId: "A" })).toEqual({ refId: "A", version: 1, queryType: "runs" });
  });

  it("brings up queries without a version, whose filters stood beside the other fields", () => {
    const old = {
      refId: "B",
      queryType: "what-if",
      agent: "bot",
      severity: "HIGH",
      failureType: "TOOL_LOOP",
      runId: "x",
    };
    expect(migrateQuery(old)).toEqual({
      refId: "B",
      version: 1,
      queryType: "whatIf",
      failureType: "TOOL_LOOP",
      filter: { agents: ["bot"], minSeverity: "HIGH" },
    });
  });

  it("keeps what Grafana wrote into the query", () => {
    const datasource = { uid: "u", type: "dunetrace-agents-datasource" };
    expect(migrateQuery({ refId: "A", hide: true, key: "k", datasource })).toMatchObject({
      hide: true,
      key: "k",
      datasource,
    });
  });

  it("drops fields of other query types", () => {
    const query = migrateQuery({ refId: "A", queryType: "agents", runId: "x", sort: "slowest", thresholds: { a: 1 } });
    expect(query).toEqual({ refId: "A", version: 1, queryType: "agents" });
  });

  it("reads thresholds of numbers, texts and lists", () => {
    const thresholds = { threshold: 3, floor_ms: "5, 6", max_step: [1, 2], none: null };
    expect(migrateQuery({ queryType: "whatIf", thresholds }).thresholds).toEqual({
      threshold: "3",
      floor_ms: "5, 6",
      max_step: "1, 2",
    });
  });

  it("changes nothing the second time, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const once = migrateQuery(stored);
        expect(migrateQuery(once)).toEqual(once);
      }),
    );
  });
});

describe("migrateVariableQuery", () => {
  it("takes a bare text for the kind", () => {
    expect(migrateVariableQuery("versions")).toMatchObject({ kind: "versions" });
    expect(migrateVariableQuery({ query: "runs", filter: { agents: ["$agent"] } })).toMatchObject({
      kind: "runs",
      filter: { agents: ["$agent"] },
    });
    expect(migrateVariableQuery(undefined)).toMatchObject({ kind: "agents" });
  });
});
