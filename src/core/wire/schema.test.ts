import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Ajv2020 from "ajv/dist/2020";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENT_TYPES, PAYLOAD_FIELDS } from "./events";
import type { Field, Fields } from "./fields";
import { ENVELOPE_FIELDS } from "./line";
import { parseLine } from "./parse";
import { lineSchema } from "./schema";

const ROOT = join(import.meta.dirname, "../../..");
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(lineSchema());

const base = {
  ts: "2026-11-20T10:00:00.123456Z",
  level: "info",
  logger: "dunetrace",
  event_type: "tool.called",
  agent_id: "research-agent",
  run_id: "3f1c2f1e-0000-4000-8000-000000000001",
  step_index: 3,
  payload: { tool_name: "web_search", args_hash: "2cf24dba5fb0a30e", args_length: 24 },
  agent_version: "59c22128",
  seq: 7,
  schema: 1,
};

const reasons = (line: unknown): string[] => {
  validate(line);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

describe("lineSchema", () => {
  it("is the file in schema/", async () => {
    // Written anew by `npx vitest run src/core/wire/schema.test.ts --update`.
    await expect(`${JSON.stringify(lineSchema(), null, 2)}\n`).toMatchFileSnapshot(
      join(ROOT, "schema/dunetrace-line.schema.json"),
    );
  });

  it.each(["tau-airline-dev", "tau2-airline-dev"])("accepts every line of %s", (name) => {
    const text = gunzipSync(readFileSync(join(ROOT, `test/fixtures/real/${name}.ndjson.gz`))).toString("utf8");
    const lines = text.split("\n").filter((line) => line !== "");
    expect(lines.length).toBeGreaterThan(4000);
    for (const line of lines) expect(reasons(JSON.parse(line)), line).toEqual([]);
  });

  it("accepts a line of the Python package, which has fewer keys and wider values", () => {
    const { seq: _seq, schema: _schema, ...line } = base;
    const payload = { finish_reason: "end_turn", completion_tokens: 0, output_hash: "", output_length: 0 };
    expect(reasons({ ...line, event_type: "llm.responded", payload })).toEqual([]);
  });

  it("accepts unknown keys and event types", () => {
    expect(reasons({ ...base, event_type: "voice.started", payload: { anything: [1] }, later_key: true })).toEqual([]);
    expect(reasons({ ...base, payload: { ...base.payload, later_key: {} } })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["a time without a zone", { ts: "2026-11-20T10:00:00.123456" }, "/ts must match pattern"],
    ["an unknown level", { level: "debug" }, "/level must be equal to one of the allowed values"],
    ["another logger", { logger: "app" }, "/logger must be equal to constant"],
    ["an agent id that is no label", { agent_id: "a b" }, "/agent_id must match pattern"],
    ["a negative step", { step_index: -1 }, "/step_index must be >= 0"],
    ["a fractional seq", { seq: 1.5 }, "/seq must be integer"],
    ["another schema", { schema: 2 }, "/schema must be equal to constant"],
    ["tags that are no strings", { tags: { environment: 1 } }, "/tags/environment must be string"],
    ["a payload that is no object", { payload: [] }, "/payload must be object"],
    ["a payload without its required key", { payload: {} }, "/payload must have required property 'tool_name'"],
    [
      "a payload key of the wrong type",
      { payload: { tool_name: "t", args_length: "24" } },
      "/payload/args_length must be integer",
    ],
    [
      "an unknown finish reason",
      { event_type: "llm.responded", payload: { finish_reason: "end_turn" } },
      "/payload/finish_reason must be equal to one of the allowed values",
    ],
    [
      "a verdict without its severity",
      { event_type: "run.completed", payload: { signals: { TOOL_LOOP: { confidence: 0.9, shadow: false } } } },
      "/payload/signals/TOOL_LOOP must have required property 'severity'",
    ],
    [
      "a confidence above 1",
      {
        event_type: "signal.detected",
        payload: {
          failure_type: "TOOL_LOOP",
          severity: "HIGH",
          confidence: 1.2,
          phase: "final",
          title: "t",
          evidence: {},
          shadow: false,
        },
      },
      "/payload/confidence must be <= 1",
    ],
  ])("refuses %s", (_name, change, reason) => {
    expect(reasons({ ...base, ...change }).join("\n")).toContain(reason);
  });

  it.each(["ts", "level", "logger", "event_type", "agent_id", "run_id", "step_index", "payload"])(
    "requires %s",
    (key) => {
      expect(reasons({ ...base, [key]: undefined })).not.toEqual([]);
    },
  );
});

/** Values of a field as its type says. */
function sampleOf(field: Field, name: string): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "string":
      return field.values === undefined ? fc.string({ maxLength: 40 }) : fc.constantFrom(...field.values);
    case "integer":
      return fc.nat();
    case "number":
      return name === "confidence"
        ? fc.double({ min: 0, max: 1, noNaN: true })
        : fc.double({ min: 0, noNaN: true, max: 1e9 });
    case "nullableNumber":
      return fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));
    case "boolean":
      return fc.boolean();
    case "strings":
      return fc.array(fc.string(), { maxLength: 5 });
    case "scalars":
      return fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));
    case "object":
      return recordOf(field.fields ?? {});
    case "json":
      return fc.constant({});
  }
}

function recordOf(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(fields);
  return fc.record(Object.fromEntries(entries.map(([name, field]) => [name, sampleOf(field, name)])), {
    requiredKeys: entries.filter(([, field]) => !field.optional).map(([name]) => name),
  });
}

describe("schema, types and parser", () => {
  it("describe the same keys in the same order", () => {
    const schema = lineSchema();
    expect(Object.keys(Object(schema.properties))).toEqual(Object.keys(ENVELOPE_FIELDS));
    for (const type of EVENT_TYPES) {
      const payload: unknown = Object(schema.$defs)[type];
      expect(Object.keys(Object(payload).properties), type).toEqual(Object.keys(PAYLOAD_FIELDS[type]));
    }
  });

  it.each(EVENT_TYPES)("agree on any payload of %s", (event_type) => {
    fc.assert(
      fc.property(recordOf(PAYLOAD_FIELDS[event_type]), (payload) => {
        const line = JSON.stringify({ ...base, event_type, payload });
        expect(reasons(JSON.parse(line)), line).toEqual([]);
        expect(parseLine(line), line).toMatchObject({ ok: true, oddFields: undefined });
      }),
      { numRuns: 50 },
    );
  });

  it.each(EVENT_TYPES)("agree on what is wrong in a payload of %s", (event_type) => {
    const fields: Fields = PAYLOAD_FIELDS[event_type];
    const strict = Object.entries(fields).filter(([, field]) => field.kind !== "json");
    fc.assert(
      fc.property(recordOf(fields), fc.constantFrom(...strict), (payload, [name, field]) => {
        const wrong = field.kind === "string" ? 7 : "wrong";
        const line = JSON.stringify({ ...base, event_type, payload: { ...payload, [name]: wrong } });
        expect(reasons(JSON.parse(line)), line).not.toEqual([]);
        const read = parseLine(line);
        expect(read.ok ? read.oddFields : [name], line).toContain(name);
      }),
      { numRuns: 50 },
    );
  });
});
