import { PAYLOAD_FIELDS } from "./events";
import type { Field, Fields } from "./fields";
import { ENVELOPE_FIELDS, LOGGER, SCHEMA_VERSION } from "./line";
import { SEVERITIES } from "./terms";

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const SCHEMA_ID = `urn:dunetrace-grafana:line:${SCHEMA_VERSION}`;
/** RFC 3339, UTC, microseconds; lines of other producers may have fewer digits. */
const TIME = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z$";

/** What the table of a field does not say: shapes of single keys of the envelope. */
const ENVELOPE_RULES: Readonly<Record<string, JsonSchema>> = {
  ts: { pattern: TIME },
  event_ts: { pattern: TIME },
  logger: { const: LOGGER },
  agent_id: { pattern: "^[A-Za-z0-9_.:-]{1,128}$" },
  event_type: { minLength: 1 },
  schema: { const: SCHEMA_VERSION },
  payload: { type: "object" },
  tags: { type: "object", additionalProperties: { type: "string" } },
  truncated: { const: true },
};

/** The same for keys of payloads: objects whose content is described elsewhere, and ratios. */
const PAYLOAD_RULES: Readonly<Record<string, JsonSchema>> = {
  evidence: { type: "object" },
  baseline: { type: "object", additionalProperties: { type: "number" } },
  signals: { type: "object", additionalProperties: { $ref: "#/$defs/verdict" } },
  confidence: { minimum: 0, maximum: 1 },
};

const SCALAR: JsonSchema = { type: ["string", "number", "boolean", "null"] };

function kindSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case "string":
      return field.values === undefined ? { type: "string" } : { type: "string", enum: [...field.values] };
    case "integer":
      return { type: "integer", minimum: 0 };
    case "number":
      return { type: "number" };
    case "nullableNumber":
      return { type: ["number", "null"] };
    case "boolean":
      return { type: "boolean" };
    case "strings":
      return { type: "array", items: { type: "string" } };
    case "scalars":
      return { type: "object", additionalProperties: SCALAR };
    case "object":
      return objectSchema(field.fields ?? {});
    case "json":
      return {};
  }
}

function objectSchema(fields: Fields, rules: Readonly<Record<string, JsonSchema>> = PAYLOAD_RULES): JsonSchema {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => !field.optional).map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(
      entries.map(([name, field]) => [
        name,
        { description: field.description, ...kindSchema(field), ...(rules[name] ?? {}) },
      ]),
    ),
    ...(required.length === 0 ? {} : { required }),
  };
}

/**
 * The JSON Schema (2020-12) of one line, made from the same tables as the types. The envelope holds for every line;
 * payloads are described for lines with `schema` only, because lines of the Python package are read more widely.
 * Unknown keys and unknown event types are allowed: within a major version the format only grows.
 *
 * @example
 * const validate = new Ajv2020({ allowUnionTypes: true }).compile(lineSchema());
 * validate(JSON.parse(line)); // true
 */
export function lineSchema(): JsonSchema {
  const types = Object.entries<Fields>(PAYLOAD_FIELDS);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: SCHEMA_ID,
    title: "Dunetrace line",
    description: "One event of an agent run, written as one line of compact JSON.",
    ...objectSchema(ENVELOPE_FIELDS, ENVELOPE_RULES),
    allOf: types.map(([type]) => ({
      if: { properties: { event_type: { const: type } }, required: ["event_type", "schema"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { payload: { $ref: `#/$defs/${type}` } } },
    })),
    $defs: {
      ...Object.fromEntries(types.map(([type, fields]) => [type, objectSchema(fields)])),
      verdict: {
        type: "object",
        description: "what the producer finally said of one failure type",
        properties: {
          severity: { type: "string", enum: [...SEVERITIES] },
          confidence: { type: "number", minimum: 0, maximum: 1 },
          shadow: { type: "boolean" },
          base_severity: { type: "string", enum: [...SEVERITIES] },
        },
        required: ["severity", "confidence", "shadow", "base_severity"],
      },
    },
  };
}
