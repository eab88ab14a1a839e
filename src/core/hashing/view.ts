import { byteDigest } from "./byteDigest";

/** What stands in a text or a copy for something that cannot be written. */
export const MARKERS = {
  circular: "[circular]",
  /** A getter, `toJSON` or proxy threw. */
  unreadable: "[unreadable]",
  /** Beyond the depth or the number of values that are looked at. */
  cut: "[cut]",
} as const;

/** Containers nested deeper than this are cut. */
export const MAX_DEPTH = 500;

/**
 * At most this many values are looked at, so that graphs of objects that share parts, which have exponentially many
 * paths, cannot block the agent. Arguments that large fill megabytes.
 */
export const MAX_VALUES = 250_000;

/** A value as JSON sees it: a leaf, or one of the containers. */
export type View =
  | { readonly kind: "leaf"; readonly value: string | number | boolean | bigint | null | undefined }
  | { readonly kind: "list"; readonly items: readonly unknown[] }
  /** Members without an order of their own: equal sets give equal texts. */
  | { readonly kind: "set"; readonly items: readonly unknown[] }
  | { readonly kind: "dict"; readonly record: Readonly<Record<string, unknown>> }
  /** An instance that shows nothing of what it holds, such as an AbortSignal. */
  | { readonly kind: "opaque"; readonly name: string };

const leaf = (value: string | number | boolean | bigint | null | undefined): View => ({ kind: "leaf", value });

export function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** An array that JSON writes as it is. */
export function isPlainList(value: object): value is readonly unknown[] {
  return Array.isArray(value) && !("toJSON" in value);
}

function viewOfMap(map: ReadonlyMap<unknown, unknown>): View {
  const entries = [...map];
  const named = entries.filter((entry): entry is [string, unknown] => typeof entry[0] === "string");
  if (named.length < entries.length) return { kind: "set", items: entries };
  return { kind: "dict", record: Object.fromEntries(named) };
}

function viewOfInstance(value: object): View {
  const record = { ...value };
  const name: unknown = value.constructor?.name;
  // A plain object of another realm (a vm context) has another Object.prototype.
  if (Object.keys(record).length > 0 || name === "Object") return { kind: "dict", record };
  return { kind: "opaque", name: typeof name === "string" && name !== "" ? name : "Object" };
}

/** Kinds of objects that JSON.stringify writes as `{}`, throws on, or blows up. */
function viewOfKnown(value: object): View | undefined {
  if (value instanceof Map) return viewOfMap(value);
  if (value instanceof Set) return { kind: "set", items: [...value] };
  if (value instanceof Error) return { kind: "dict", record: { ...value, name: value.name, message: value.message } };
  if (value instanceof RegExp) return leaf(String(value));
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return leaf(value.valueOf());
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return leaf(byteDigest(value));
  return undefined;
}

/**
 * A value the way `JSON.stringify` sees it, `toJSON` called, and further: Map, Set, Error, RegExp, BigInt and bytes keep
 * what they hold. Iterators and streams are not touched, because reading them would consume them.
 *
 * @param key name or index of the value in its container, for `toJSON`
 * @throws whatever a getter, `toJSON` or proxy of the value throws
 */
export function viewOf(value: unknown, key: string): View {
  if (typeof value !== "object" || value === null) return viewOfLeaf(value);
  // Bytes come first, because the toJSON of Buffer writes one number per byte.
  const bytes = ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
  if (bytes || !("toJSON" in value) || typeof value.toJSON !== "function") return viewOfContainer(value);
  const json: unknown = value.toJSON(key);
  // Its result is taken as it is: JSON.stringify does not call toJSON again either.
  return typeof json === "object" && json !== null ? viewOfContainer(json) : viewOfLeaf(json);
}

function viewOfLeaf(value: unknown): View {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return leaf(value);
    default:
      // Functions and symbols are left out, as undefined is.
      return leaf(value === null ? null : undefined);
  }
}

function viewOfContainer(value: object): View {
  if (Array.isArray(value)) return { kind: "list", items: value };
  if (isPlain(value)) return { kind: "dict", record: value };
  return viewOfKnown(value) ?? viewOfInstance(value);
}
