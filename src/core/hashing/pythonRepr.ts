/** Characters Python's `str.isprintable` refuses, the space apart: Unicode categories C and Z. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;
const PLAIN = /^[ !#-&(-[\]-~]*$/;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
]);

function escapeCodePoint(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint < 0x100) return `\\x${hex.padStart(2, "0")}`;
  if (codePoint < 0x10000) return `\\u${hex.padStart(4, "0")}`;
  return `\\U${hex.padStart(8, "0")}`;
}

/** Python's `repr` of a string. Characters that are newer than the Unicode tables of either runtime may differ. */
function pythonStringRepr(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let repr = quote;
  // By code point: an unpaired surrogate comes as one of its own.
  for (const character of text) {
    const short = SHORT_ESCAPES.get(character);
    if (short !== undefined) repr += short;
    else if (character === quote) repr += `\\${character}`;
    else if (character !== " " && UNPRINTABLE.test(character)) repr += escapeCodePoint(character.codePointAt(0) ?? 0);
    else repr += character;
  }
  return repr + quote;
}

/**
 * Python's `repr` of a list of strings, in the order given.
 *
 * @example pythonListRepr(["calculator", "it's"]) // `['calculator', "it's"]`
 */
export function pythonListRepr(names: readonly string[]): string {
  return `[${names.map(pythonStringRepr).join(", ")}]`;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Compares by code point, as Python sorts strings; JavaScript's own order is by UTF-16 code unit. */
export function compareCodePoints(a: string, b: string): number {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : Number(a > b);
  const left = codePoints(a);
  const right = codePoints(b);
  const at = left.findIndex((codePoint, index) => codePoint !== right[index]);
  // The shorter one comes first when it is the beginning of the other.
  return at < 0 ? left.length - right.length : (left[at] ?? -1) - (right[at] ?? -1);
}

const codePoints = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);
