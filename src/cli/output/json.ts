/** Invisible and control characters that JSON itself leaves as they are. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");

/**
 * JSON of a value. Characters that act on a terminal are escaped, which changes nothing for its reader.
 *
 * @param indent spaces per level; 0 for one line
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, undefined, indent).replace(UNSAFE, escaped);
}
