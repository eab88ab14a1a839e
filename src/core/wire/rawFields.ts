import type { EventType } from "./events";

/** Turns text into its 16 hex characters; injected, because core has no cryptography of its own. */
export type HashText = (text: string) => string;

/** Makes the text that is hashed from arguments, see `argumentsText`. */
export type TextOfArguments = (args: unknown) => string | undefined;

/** How raw content is reduced to hashes and lengths while reading. */
export interface Reduction {
  readonly hash: HashText;
  readonly argumentsText: TextOfArguments;
}

/** Keys that carry content on lines of Python 0.4 and later, or with capture full. */
const RAW_KEYS: ReadonlySet<string> = new Set([
  "args",
  "output",
  "output_text",
  "error",
  "error_message",
  "error_stack",
  "query",
  "input_text",
  "system_prompt",
  "content",
  "text",
  "key",
  "prompt",
  "completion",
]);

export function isRawKey(key: string): boolean {
  return RAW_KEYS.has(key);
}

/** Whether a raw key really holds something. */
export function isContent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

interface RawField {
  readonly key: string;
  readonly hash: string;
  readonly length?: string;
  readonly args?: true;
}

const OUTPUT: RawField = { key: "output", hash: "output_hash", length: "output_length" };
const ERROR: RawField = { key: "error", hash: "error_hash" };
const INPUT: RawField = { key: "input_text", hash: "input_hash", length: "input_length" };
const RAW_FIELDS: Readonly<Partial<Record<EventType, readonly RawField[]>>> = {
  "run.started": [INPUT],
  "input.received": [INPUT],
  "llm.responded": [OUTPUT, ERROR],
  "tool.called": [{ key: "args", hash: "args_hash", length: "args_length", args: true }],
  "tool.responded": [{ ...OUTPUT, hash: "" }, ERROR],
  "retrieval.called": [{ key: "query", hash: "query_hash" }],
  "retrieval.responded": [ERROR],
  "run.errored": [ERROR],
};

function textOf(field: RawField, value: unknown, reduction: Reduction | undefined): string | undefined {
  if (!isContent(value)) return undefined;
  if (field.args === true && reduction !== undefined) return reduction.argumentsText(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Reduces raw content to hashes and lengths where the line states none, in place, and removes it. Without a reduction
 * the raw content is removed and counts as absent.
 */
export function reduceRawContent(
  event_type: EventType,
  payload: Record<string, unknown>,
  reduction: Reduction | undefined,
): void {
  for (const field of RAW_FIELDS[event_type] ?? []) {
    const text = textOf(field, payload[field.key], reduction);
    if (text === undefined) continue;
    if (field.hash !== "" && payload[field.hash] === undefined && reduction !== undefined)
      payload[field.hash] = reduction.hash(text);
    if (field.length !== undefined && payload[field.length] === undefined) payload[field.length] = text.length;
  }
  for (const key of RAW_KEYS) if (key in payload) delete payload[key];
}
