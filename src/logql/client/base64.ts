import { wellFormed } from "../builders/compose/escape";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of wellFormed(text)) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** Base64 of the text's UTF-8, as basic authentication wants it. `btoa` knows Latin-1 only, `Buffer` is Node's. */
export function base64(text: string): string {
  const bytes = utf8(text);
  let encoded = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    encoded += DIGITS.charAt(group >> 18) + DIGITS.charAt((group >> 12) & 63);
    encoded += b === undefined ? "=" : DIGITS.charAt((group >> 6) & 63);
    encoded += c === undefined ? "=" : DIGITS.charAt(group & 63);
  }
  return encoded;
}
