import { checkPayload, type PayloadCheck, type PayloadTable, payloadTable } from "./check";
import { digestOf } from "./digest";
import { forgetEmptyHashes, forgetPlaceholders } from "./legacy";
import { type Line, LOGGER, MAX_LINE_LIMIT, type Micros, type UnknownLine } from "./line";
import { quote, utf8Length } from "./quote";
import { type Reduction, reduceRawContent } from "./rawFields";
import { isRecord } from "./record";
import { parseMicros } from "./time";

/**
 * Why a line was not read: `blank` and `foreign` lines are none of ours, `cut` and `broken` ones are no JSON, `oversized`
 * ones are too long to be looked at, `invalid` ones break the wire format.
 */
export type ProblemKind = "blank" | "foreign" | "cut" | "broken" | "oversized" | "invalid";

export type ParseResult =
  | {
      readonly ok: true;
      readonly line: Line | UnknownLine;
      /** Payload fields of the wrong type, read as unknown. */
      readonly oddFields: readonly string[] | undefined;
    }
  | { readonly ok: false; readonly kind: ProblemKind; readonly reason: string };

const problem = (kind: ProblemKind, reason: string): ParseResult => ({ ok: false, kind, reason });

/** Events whose closed vocabulary (the failure types) grows with later versions. */
const GROWING: ReadonlySet<string> = new Set(["signal.detected", "fix.applied"]);
const OUTSIDE_RUN: ReadonlySet<string> = new Set(["deploy.marker", "fix.applied"]);

/** Reads one line of any era. It never throws.
 *
 * @param text the line, with or without its newline
 * @param reduction turns raw content of Python 0.4 and later into hashes; without it such content counts as absent
 * @example
 * const result = parseLine(text);
 * if (result.ok) use(result.line); else report(result.reason);
 */
export function parseLine(text: string, reduction?: Reduction): ParseResult {
  if (text.length > MAX_LINE_LIMIT / 3 && utf8Length(text) > MAX_LINE_LIMIT) {
    return problem("oversized", `longer than ${MAX_LINE_LIMIT} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The reason is in the text itself; the parser's own message only quotes it.
    return notJson(text);
  }
  if (!isRecord(value) || value.logger !== LOGGER) return problem("foreign", "not a Dunetrace line");
  return readEnvelope(text, value, reduction);
}

function notJson(text: string): ParseResult {
  const trimmed = text.trim();
  if (trimmed === "") return problem("blank", "empty line");
  const ours = trimmed.includes(`"logger":"${LOGGER}"`) || trimmed.startsWith('{"ts":');
  if (!ours) return problem("foreign", "not a Dunetrace line");
  return trimmed.endsWith("}") ? problem("broken", "not valid JSON") : problem("cut", "the line is cut off");
}

/** Checks the parsed object in place and makes a line of it: one object a line keeps reading fast. */
function readEnvelope(text: string, record: Record<string, unknown>, reduction: Reduction | undefined): ParseResult {
  const { event_type, agent_id, run_id, step_index, payload, seq, schema } = record;
  const written = typeof record.ts === "string" ? parseMicros(record.ts) : undefined;
  if (written === undefined) return problem("invalid", `ts ${show(record.ts)} is no RFC 3339 time`);
  const time = isAbsent(record.event_ts) ? written : timeOf(record.event_ts);
  if (time === undefined) return problem("invalid", `event_ts ${show(record.event_ts)} is no RFC 3339 time`);
  if (typeof event_type !== "string" || event_type === "")
    return problem("invalid", `event_type ${show(event_type)} is no event type`);
  if (typeof agent_id !== "string" || agent_id === "")
    return problem("invalid", `agent_id ${show(agent_id)} is no agent id`);
  if (typeof run_id !== "string") return problem("invalid", `run_id ${show(run_id)} is no run id`);
  const table = payloadTable(event_type);
  if (run_id === "" && table !== undefined && !OUTSIDE_RUN.has(event_type))
    return problem("invalid", `${event_type} without a run_id`);
  if (!isWhole(step_index)) return problem("invalid", `step_index ${show(step_index)} is no whole number from 0`);
  if (!isRecord(payload)) return problem("invalid", `payload ${show(payload)} is no object`);
  if (!isWhole(seq)) {
    if (!isAbsent(seq)) return problem("invalid", `seq ${show(seq)} is no whole number from 0`);
    if (seq === null) record.seq = undefined;
    record.digest = digestOf(text.trim());
  }
  if (!isWhole(schema)) {
    if (!isAbsent(schema)) return problem("invalid", `schema ${show(schema)} is no version`);
    if (schema === null) record.schema = undefined;
  }
  record.time = time;
  if (time !== written) record.written = written;
  // Key by key: a loop over names would cost more than all of this.
  if (!isWord(record.agent_version)) record.agent_version = undefined;
  if (!isWord(record.parent_run_id)) record.parent_run_id = undefined;
  if (!isWord(record.session_id)) record.session_id = undefined;
  if (!isWord(record.user_hash)) record.user_hash = undefined;
  if (!isWord(record.trace_id)) record.trace_id = undefined;
  if (!isWord(record.span_id)) record.span_id = undefined;
  if (!isWord(record.parent_span_id)) record.parent_span_id = undefined;
  const { tags, truncated } = record;
  if (tags !== undefined) record.tags = tagsOf(tags);
  if (truncated !== undefined && truncated !== true) record.truncated = undefined;
  return table === undefined ? asUnknown(record, undefined) : readPayload(record, table, payload, reduction);
}

function readPayload(
  record: Record<string, unknown>,
  table: PayloadTable,
  payload: Record<string, unknown>,
  reduction: Reduction | undefined,
): ParseResult {
  const { event_type } = table;
  const check = checkPayload(table, payload);
  if (check.missing !== undefined) {
    // A closed vocabulary may have grown since: such a line is kept like an unknown event.
    if (check.odd?.includes(check.missing) && GROWING.has(event_type)) return asUnknown(record, check.odd);
    return problem("invalid", `${event_type} without a valid ${check.missing}`);
  }
  if (record.schema === undefined) {
    const callId = payload.call_id;
    if (typeof callId === "string" || typeof callId === "number") record.call_id = String(callId);
    forgetPlaceholders(payload);
    reduceRawContent(event_type, payload, reduction);
    forgetPlaceholders(payload);
  }
  forgetEmptyHashes(event_type, payload);
  record.event_type = event_type;
  if (check.raw) record.raw = true;
  return isLine(record, check)
    ? { ok: true, line: record, oddFields: check.odd }
    : problem("invalid", `a broken ${event_type}`);
}

function asUnknown(record: Record<string, unknown>, oddFields: readonly string[] | undefined): ParseResult {
  record.unknown = true;
  return isUnknownLine(record) ? { ok: true, line: record, oddFields } : problem("invalid", "a broken line");
}

/** The envelope was checked above, and `checkPayload` has made every field of the payload what its table says. */
function isLine(record: Record<string, unknown>, check: PayloadCheck): record is Record<string, unknown> & Line {
  return check.missing === undefined && record.time !== undefined;
}

function isUnknownLine(record: Record<string, unknown>): record is Record<string, unknown> & UnknownLine {
  return record.unknown === true;
}

function isWord(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function timeOf(value: unknown): Micros | undefined {
  return typeof value === "string" ? parseMicros(value) : undefined;
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function tagsOf(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** A value as an error message shows it: short, and never raw content of a whole line. */
function show(value: unknown): string {
  if (value === undefined) return "(missing)";
  if (typeof value === "string") return quote(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "(an array)" : "(an object)";
  return String(value);
}
