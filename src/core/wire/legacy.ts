import type { EventType } from "./events";

/** SHA-256 of the empty text, first 16 hex. */
export const EMPTY_HASH = "e3b0c44298fc1c14";

/** Hashes the Python package writes where there was nothing to hash: those of "", {}, [], null and None. */
const UNKNOWN_HASHES: ReadonlySet<unknown> = new Set([
  EMPTY_HASH,
  "44136fa355b3678a",
  "4f53cda18c2baa0c",
  "74234e98afe7498f",
  "dc937b59892604f5",
]);

const UNKNOWN_ZERO = ["prompt_tokens", "completion_tokens", "latency_ms"] as const;
const ARGUMENT_HASHES = ["args_hash", "query_hash", "input_hash", "error_hash"] as const;

/** The hash of the empty text says nothing of arguments or of a query, whoever wrote it. */
export function forgetEmptyHashes(event_type: EventType, payload: Record<string, unknown>): void {
  if (event_type === "tool.called" && payload.args_hash === EMPTY_HASH) payload.args_hash = undefined;
  else if (event_type === "retrieval.called" && payload.query_hash === EMPTY_HASH) payload.query_hash = undefined;
}

/**
 * Turns the placeholders of lines without `schema` (the Python package) into unknowns, in place: zero tokens and
 * latencies, an empty tool list, hashes of nothing, and an output length of 0 that no hash confirms.
 */
export function forgetPlaceholders(payload: Record<string, unknown>): void {
  for (const key of UNKNOWN_ZERO) if (payload[key] === 0) payload[key] = undefined;
  for (const key of ARGUMENT_HASHES) if (UNKNOWN_HASHES.has(payload[key])) payload[key] = undefined;
  if (payload.output_length === 0 && payload.output_hash !== EMPTY_HASH) payload.output_length = undefined;
  if (Array.isArray(payload.tools) && payload.tools.length === 0) payload.tools = undefined;
}
