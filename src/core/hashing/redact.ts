import { parseStructure } from "./argumentsText";
import { MARKERS, MAX_DEPTH, MAX_VALUES, type View, viewOf } from "./view";

/** What stands in place of a secret. */
export const REDACTED = "[redacted]";

/** Words that make a key a secret's, wherever they stand in its name once that is lower-case letters and digits only. */
const SECRET_WORDS = /apikey|token|authorization|password|secret|credential|passwd|passphrase|privatekey|accesskey/;
/** A first member of a pair that is a name rather than text. */
const NAME = /^[\w.-]{1,64}$/;
const NOT_IN_WORDS = /[^a-z0-9]/g;

/**
 * Whether a key names a secret: `api_key`, `x-api-key`, `apiKey`, `access_token`, `Authorization`, `db.password` and the
 * like. Numbers of tokens (`max_tokens: 500`) are none.
 */
export function isSecretKey(key: string, value: unknown): boolean {
  const word = SECRET_WORDS.exec(key.toLowerCase().replace(NOT_IN_WORDS, ""))?.[0];
  if (word === undefined) return false;
  return !(word === "token" && typeof value === "number" && /tokens/i.test(key));
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

class Redaction {
  readonly #around: object[] = [];
  #left = MAX_VALUES;
  found = false;

  copy(value: unknown, key: string): Json | undefined {
    if (typeof value !== "object" || value === null) return this.#view(viewOf(value, key));
    if (this.#around.includes(value)) return MARKERS.circular;
    if (this.#around.length >= MAX_DEPTH) return MARKERS.cut;
    this.#around.push(value);
    try {
      return this.#view(viewOf(value, key));
    } catch {
      // A getter, toJSON or proxy of the caller's object threw: nothing of it is shown.
      return MARKERS.unreadable;
    } finally {
      this.#around.pop();
    }
  }

  #view(view: View): Json | undefined {
    switch (view.kind) {
      case "leaf":
        return this.#leaf(view.value);
      case "list":
      case "set":
        return this.#list(view.items);
      case "dict":
        return this.#dict(view.record);
      case "opaque":
        return `[${view.name}]`;
    }
  }

  #leaf(value: string | number | boolean | bigint | null | undefined): Json | undefined {
    if (typeof value === "string") return this.#text(value);
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    return typeof value === "bigint" ? String(value) : value;
  }

  /** Text that holds JSON is rewritten when there is a secret in it. */
  #text(text: string): string {
    const structure = parseStructure(text);
    if (structure === undefined) return text;
    const inner = new Redaction();
    const copy = inner.copy(structure, "");
    if (!inner.found) return text;
    this.found = true;
    return JSON.stringify(copy);
  }

  #list(items: readonly unknown[]): Json[] {
    const [name, value] = items;
    // An entry of headers or of a map: its name says what its value is.
    if (items.length === 2 && typeof name === "string" && NAME.test(name) && isSecretKey(name, value)) {
      return [name, this.#secret()];
    }
    const copies: Json[] = [];
    for (let at = 0; at < items.length; at++) {
      if (this.#left-- <= 0) return [...copies, MARKERS.cut];
      copies.push(this.copy(items[at], String(at)) ?? null);
    }
    return copies;
  }

  #dict(record: Readonly<Record<string, unknown>>): Json {
    const entries: [string, Json][] = [];
    for (const key of Object.keys(record)) {
      if (this.#left-- <= 0) {
        entries.push([MARKERS.cut, null]);
        break;
      }
      const copy = this.#entry(record, key);
      if (copy !== undefined) entries.push([key, copy]);
    }
    // Makes own properties of every key, "__proto__" too.
    return Object.fromEntries(entries);
  }

  #entry(record: Readonly<Record<string, unknown>>, key: string): Json | undefined {
    let value: unknown;
    try {
      value = record[key];
    } catch {
      // A getter of the caller's object threw: that key has no value to show.
      return MARKERS.unreadable;
    }
    return isSecretKey(key, value) ? this.#secret() : this.copy(value, key);
  }

  #secret(): string {
    this.found = true;
    return REDACTED;
  }
}

/**
 * A copy of a value as JSON has it, in which everything under a key that names a secret (see {@link isSecretKey}) is
 * `[redacted]`: at every depth, in maps, in lists of name and value, and inside text that holds JSON. Only needed where raw
 * content is captured at all. Never throws; the value itself stays as it is, cycles become a marker.
 *
 * @example redact({ url: "https://example.com", headers: { "X-Api-Key": "k" } })
 * // { url: "https://example.com", headers: { "X-Api-Key": "[redacted]" } }
 */
export function redact(value: unknown): unknown {
  return new Redaction().copy(value, "");
}
