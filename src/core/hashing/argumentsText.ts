import { canonicalJson } from "./canonicalJson";

const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
/** How often JSON text may be wrapped in a JSON string before it is taken as plain text. */
const MAX_WRAPPINGS = 3;

function firstUnit(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // The white space of JSON: space, tab, line feed, carriage return.
    if (unit !== 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) return unit;
  }
  return Number.NaN;
}

/**
 * The object or array a text holds as JSON, also where that text was itself written as a JSON string (tool calls are
 * often encoded twice). Undefined for any other text.
 */
export function parseStructure(text: string, wrappings = MAX_WRAPPINGS): object | undefined {
  const unit = firstUnit(text);
  if (unit !== OPEN_BRACE && unit !== OPEN_BRACKET && unit !== QUOTE) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Text that only looks like JSON is text like any other.
    return undefined;
  }
  if (typeof value === "string") return wrappings > 0 ? parseStructure(value, wrappings - 1) : undefined;
  return typeof value === "object" && value !== null ? value : undefined;
}

/**
 * The text that arguments are hashed over and whose length is `args_length`: canonical JSON, so that the order of keys and
 * white space make no difference. Text that holds a JSON object or array is canonicalised first, other text stays as it
 * is. Never throws.
 *
 * @returns undefined when there are no arguments (undefined, null, the empty text) or none that can be written: their
 * hash is left out, because an unknown argument equals nothing.
 * @example
 * argumentsText('{ "top_k": 5, "query": "flights" }') // '{"query":"flights","top_k":5}'
 * argumentsText({ query: "flights", top_k: 5 }) // the same
 * argumentsText("flights") // "flights"
 */
export function argumentsText(args: unknown): string | undefined {
  if (args === undefined || args === null || args === "") return undefined;
  if (typeof args !== "string") return canonicalJson(args);
  const structure = parseStructure(args);
  return structure === undefined ? args : (canonicalJson(structure) ?? args);
}
