/**
 * Control characters (escape sequences start with one), line and paragraph separators, characters that turn the direction
 * of text or are not seen, and halves of characters: a hostile name must not move the cursor, hide or reorder anything.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/**
 * Text from outside made safe for a terminal: what could act on it becomes visible.
 *
 * @example sanitise("a\u001b[31m") // "a␛[31m"
 */
export function sanitise(text: string): string {
  return text.replace(UNSAFE, visible);
}

/** An id as tables show it: its first 8 characters. */
export const shortId = (id: string): string => sanitise(id.length > 8 ? id.slice(0, 8) : id);
