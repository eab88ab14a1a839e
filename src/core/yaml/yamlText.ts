/** What a document is made of; keys whose value is undefined are left out. */
export type YamlValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/** Texts that are no strings, or end the document, when they stand without quotes, in YAML 1.1 or 1.2. */
const RESERVED = /^(?:~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan|\.\.\.|<<)$/i;
const NUMBER_LIKE = /^[-+]?(?:\.?\d|0[xob])/i;
/** `10s`: starts like a number and is none. */
const DURATION = /^\d+(?:ms|[smhd])$/;
/** Several lines that a literal block keeps as they are. */
const BLOCK = /^[^\p{C}\s][^\p{C}\u2028\u2029]*(?:\n[^\p{C}\s\u2028\u2029][^\p{C}\u2028\u2029]*)+$/u;
/** A first character that means something else, or something that ends the text within it. */
const NOT_PLAIN = /^[\s\-?:,[\]{}#&*!|>'"%@`]|[\s:]$|: |:$| #|\p{C}|[\u2028\u2029\ufeff]/u;

/**
 * A document as YAML in block style, for files that people read and programs parse: nothing but maps, lists, texts,
 * numbers and booleans, without anchors or tags.
 *
 * @example yamlText({ groups: [{ name: "a", interval: "10s" }] }) // 'groups:\n  - name: a\n    interval: 10s\n'
 */
export function yamlText(document: YamlValue): string {
  return `${lines(document).join("\n")}\n`;
}

/** A text as a scalar on one line: without quotes where none are needed. */
export function yamlScalar(text: string): string {
  const isNumberLike = NUMBER_LIKE.test(text) && !DURATION.test(text);
  const isPlain = text !== "" && !RESERVED.test(text) && !isNumberLike && !NOT_PLAIN.test(text);
  if (isPlain) return text;
  if (text.includes('"') && !text.includes("'") && !/\p{C}|[\u2028\u2029\ufeff]/u.test(text)) return `'${text}'`;
  return JSON.stringify(text).replace(/[\p{C}\u2028\u2029\ufeff]/gu, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const code = character.charCodeAt(at).toString(16).padStart(4, "0");
    return `\\u${code}`;
  }).join("");
}

function lines(value: YamlValue): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ["[]"] : value.flatMap(item);
  if (isMap(value)) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return entries.length === 0 ? ["{}"] : entries.flatMap(([key, part]) => entry(key, part));
  }
  return [typeof value === "string" ? yamlScalar(value) : String(value ?? null)];
}

function item(value: YamlValue): string[] {
  const [first = "", ...rest] = lines(value);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

function entry(key: string, value: YamlValue): string[] {
  const name = yamlScalar(key);
  if (typeof value === "string" && BLOCK.test(value)) {
    return [`${name}: |-`, ...value.split("\n").map((line) => `  ${line}`)];
  }
  const below = lines(value);
  if (!isNested(value)) return [`${name}: ${below.join("\n")}`];
  return [`${name}:`, ...below.map((line) => `  ${line}`)];
}

function isNested(value: YamlValue): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isMap(value) && Object.values(value).some((part) => part !== undefined);
}

function isMap(value: YamlValue): value is { readonly [key: string]: YamlValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
