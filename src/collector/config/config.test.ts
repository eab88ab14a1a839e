import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { isRecord } from "../../core/wire";
import { patternOf } from "./agentRules";
import { parseCollectorConfig } from "./config";

const schema: unknown = JSON.parse(readFileSync("schema/collector.schema.json", "utf8"));
const validate = new Ajv2020({ strict: false }).compile(isRecord(schema) ? schema : {});

const VALID: readonly unknown[] = [
  {},
  { agents: [{ match: { "service.name": "rag-*" }, agent_id: "rag", agent_version: "2", tools: ["search"] }] },
  { agents: [{ match: { port: 8080 }, agent_id: "x" }], classify: { retrieval: ["MyLookup"], other: ["Cache"] } },
  { exclude_spans: ["noise"], inner_spans: false, capture: "shape", grace_ms: 0, idle_ms: 1000 },
  {
    forward: "http://jaeger:4318",
    max_body_bytes: 2048,
    max_requests_per_second: 50,
    max_traces: 5,
    max_spans_per_trace: 9,
  },
];
const INVALID: readonly (readonly [document: unknown, message: RegExp])[] = [
  [{ agent: [] }, /"agent" is no known key/],
  [{ agents: [{ agent_id: "x" }] }, /"agents\.0\.match"/],
  [{ agents: [{ match: {}, agent_id: "x" }] }, /at least one attribute/],
  [{ agents: [{ match: { a: "b" }, agent_id: "" }] }, /"agents\.0\.agent_id".*empty/],
  [{ classify: { retriever: ["x"] } }, /"classify\.retriever" is no known key/],
  [{ capture: "all" }, /"capture"/],
  [{ grace_ms: -1 }, /"grace_ms".*from 0/],
  [{ max_requests_per_second: 0 }, /"max_requests_per_second".*from 1/],
  [{ idle_ms: 1.5 }, /"idle_ms".*whole number/],
  [{ forward: "jaeger:4318" }, /"forward".*URL/],
  [{ inner_spans: "no" }, /"inner_spans"/],
  [[], /document/],
];

describe("parseCollectorConfig", () => {
  it.each(VALID)("reads %j, as the schema does", (document) => {
    expect(() => parseCollectorConfig(document, "collector.yml")).not.toThrow();
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each(INVALID)("refuses %j and names the place, as the schema does", (document, message) => {
    expect(() => parseCollectorConfig(document, "collector.yml")).toThrow(message);
    expect(() => parseCollectorConfig(document, "collector.yml")).toThrow(/^collector\.yml: /);
    expect(validate(document)).toBe(false);
  });

  it("takes an empty file for the defaults", () => {
    expect(parseCollectorConfig(null, "collector.yml")).toMatchObject({
      agents: [],
      classify: [],
      innerSpans: undefined,
    });
  });
});

describe("patternOf", () => {
  it.each([
    ["rag-*", "rag-", true],
    ["rag-*", "rag-eu\n1", true],
    ["rag-*", "my-rag-1", false],
    ["a.b", "axb", false],
    ["*", "", true],
    ["a*c*", "abcd", true],
  ])("%j on %j: %s", (pattern, value, expected) => {
    expect(patternOf(pattern).test(value)).toBe(expected);
  });
});
