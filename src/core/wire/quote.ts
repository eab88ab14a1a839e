/** Printable ASCII without the two characters JSON escapes. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A JSON string literal of the text. */
export function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Names repeat from line to line, so their literals are kept: this many, of at most so many code units. */
const MAX_KEPT = 1000;
const MAX_KEPT_LENGTH = 64;
const kept = new Map<string, string>();

/** The same for a name, which is likely to come again: cheaper than `quote` then. */
export function quoteName(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const literal = quote(text);
  if (text.length <= MAX_KEPT_LENGTH && kept.size < MAX_KEPT) kept.set(text, literal);
  return literal;
}

/** Bytes of the text in UTF-8; unpaired surrogates count as the three bytes of their replacement. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      bytes += 2;
      at++;
    } else bytes += 2;
  }
  return bytes;
}
