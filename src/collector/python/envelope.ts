import * as v from "valibot";

const text = v.pipe(v.string(), v.minLength(1));
const optionalText = v.fallback(v.optional(v.string()), undefined);

/** One event as the Python package sends it; times are seconds since the Unix epoch. */
export const eventSchema = v.object({
  event_type: text,
  run_id: text,
  agent_id: text,
  agent_version: optionalText,
  step_index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  timestamp: v.fallback(v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))), undefined),
  payload: v.fallback(v.record(v.string(), v.unknown()), {}),
  parent_run_id: optionalText,
  trace_id: optionalText,
  conversation_id: optionalText,
  event_id: optionalText,
});
export type SentEvent = v.InferOutput<typeof eventSchema>;

/** The body of `POST /v1/ingest`. Its `agent_id` is only that of the first event. */
export const ingestSchema = v.object({ api_key: optionalText, events: v.array(v.unknown()) });

/** The body of `POST /v1/deploy`. */
export const deploySchema = v.object({
  api_key: optionalText,
  agent_id: text,
  version: text,
  meta: v.fallback(v.record(v.string(), v.unknown()), {}),
});
export type SentDeploy = v.InferOutput<typeof deploySchema>;

/** What is wrong with a document, with the place of the first problem. */
export function problemOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  const place = issue === undefined ? "" : (v.getDotPath(issue) ?? "");
  // Valibot's own message would quote what it received.
  return `${place === "" ? "the whole" : place} is missing or has the wrong type`;
}
