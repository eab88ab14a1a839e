import { type Broken, isBroken, nextToken, readValue, type Value } from "./scan";

/**
 * Visits the items of the array that begins at or behind `from`.
 *
 * @returns the position of its closing bracket, or where reading failed
 */
export function eachItem(text: string, from: number, visit: (item: Value, index: number) => void): number {
  const open = nextToken(text, from);
  let at = open < 0 ? -1 : nextToken(text, open + 1);
  if (at < 0) return from;
  if (text[at] === "]") return at;
  for (let index = 0; ; index += 1) {
    const item = readValue(text, at);
    if (isBroken(item)) return at;
    visit(item, index);
    at = nextToken(text, item.end);
    if (at < 0 || text[at] !== ",") return at < 0 ? item.end : at;
    at += 1;
  }
}

/** The value at a path below an item; undefined when it is not there. */
export function valueBelow(item: Value, path: readonly string[]): Value | Broken | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return item;
  if (key.startsWith("[")) {
    if (item.kind !== "array") return undefined;
    let found: Value | undefined;
    eachItem(item.text, 0, (child, index) => {
      if (`[${index}]` === key) found = child;
    });
    return found === undefined ? undefined : valueBelow(found, rest);
  }
  return item.kind === "object" ? valueOfKey(item.text, key, rest) : undefined;
}

function valueOfKey(text: string, key: string, rest: readonly string[]): Value | Broken | undefined {
  let at = nextToken(text, 1);
  while (at >= 0 && text[at] === '"') {
    const name = readValue(text, at);
    if (isBroken(name)) return undefined;
    const colon = nextToken(text, name.end);
    if (colon < 0 || text[colon] !== ":") return undefined;
    const value = readValue(text, colon + 1);
    if (name.text === key) return isBroken(value) ? value : valueBelow(value, rest);
    if (isBroken(value)) return undefined;
    const comma = nextToken(text, value.end);
    if (comma < 0 || text[comma] !== ",") return undefined;
    at = nextToken(text, comma + 1);
  }
  return undefined;
}
