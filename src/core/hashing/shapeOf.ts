import { parseStructure } from "./argumentsText";
import { type View, viewOf } from "./view";

/** As long as any other free string on the wire. */
const MAX_SHAPE_LENGTH = 256;
const MORE = ", …";

/** What a parameter is called. Anything else (an address, a sentence) may be content and is shown as `?`. */
const PARAMETER_NAME = /^[\p{L}_$][\p{L}\p{N}_$.-]{0,63}$/u;

function leafKind(value: string | number | boolean | bigint | null | undefined): string {
  switch (typeof value) {
    case "string":
      return `str(${value.length})`;
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
    default:
      return "null";
  }
}

function kindOfView(view: View): string {
  switch (view.kind) {
    case "leaf":
      return leafKind(view.value);
    case "list":
    case "set":
      return `list(${view.items.length})`;
    case "dict":
      return `dict(${Object.keys(view.record).length})`;
    case "opaque":
      return "dict(0)";
  }
}

/** The kind of what `read` returns, `?` when it cannot be read, undefined for what JSON leaves out. */
function kindOf(read: () => unknown, key: string): string | undefined {
  try {
    const view = viewOf(read(), key);
    return view.kind === "leaf" && view.value === undefined ? undefined : kindOfView(view);
  } catch {
    // A getter, toJSON or proxy of the caller's object threw: the kind is unknown.
    return "?";
  }
}

function shapeOfRecord(record: Readonly<Record<string, unknown>>): string {
  let shape = "";
  for (const key of Object.keys(record)) {
    const kind = kindOf(() => record[key], key);
    if (kind === undefined) continue;
    const entry = `${PARAMETER_NAME.test(key) ? key : "?"}=${kind}`;
    if (shape.length + entry.length + 2 > MAX_SHAPE_LENGTH - MORE.length) return shape + MORE;
    shape += shape === "" ? entry : `, ${entry}`;
  }
  return shape;
}

/**
 * The shape of arguments: names and kinds, never a value. Kinds are `str(length)`, `int`, `float`, `bool`, `list(length)`,
 * `dict(keys)` and `null`, lengths of text in UTF-16 code units; parameters are separated by `, ` in their own order.
 * Text that holds a JSON object or array counts as that. A name that does not look like a parameter's, and a value that
 * cannot be read, is `?`. At most 256 characters; a longer shape ends with `…`. Never throws.
 *
 * @example shapeOf({ query: "flights to San Francisco", top_k: 5 }) // "query=str(24), top_k=int"
 */
export function shapeOf(args: unknown): string {
  const value = typeof args === "string" ? (parseStructure(args) ?? args) : args;
  try {
    const view = viewOf(value, "");
    const shape = view.kind === "dict" ? shapeOfRecord(view.record) : kindOfView(view);
    return shape === "" ? "dict(0)" : shape;
  } catch {
    // The caller's object cannot be read.
    return "?";
  }
}
