import { regexOf } from "./translate";

/** From this length on the regular expressions of JavaScript may run out of stack while they are compiled. */
const LONG = 2000;
const PIECE = 500;
/** Plain characters, and special ones behind a backslash. */
const LITERAL = /^(?:[^\\.+*?()|[\]{}^$]|\\[\\.+*?()|[\]{}^$])*$/u;

/**
 * The test of a line filter for a long text in upper or lower case, which is what a search box asks for: piece by piece,
 * each right behind the one before.
 *
 * @returns undefined for anything else
 */
export function longTextTest(text: string): ((line: string) => boolean) | undefined {
  if (text.length < LONG || !text.startsWith("(?i)")) return undefined;
  const literal = text.slice("(?i)".length);
  if (!LITERAL.test(literal)) return undefined;
  const units = literal.match(/\\?[\s\S]/gu) ?? [];
  const pieces = Array.from({ length: Math.ceil(units.length / PIECE) }, (_, at) => {
    const piece = units.slice(at * PIECE, (at + 1) * PIECE).join("");
    const { source, flags } = regexOf(`(?i)${piece}`, { whole: false, dotMatchesNewline: false });
    return new RegExp(source, `${flags.replace(/[gy]/g, "")}y`);
  });
  return (line) => {
    for (let start = 0; start < line.length; start++) if (standsAt(line, start, pieces)) return true;
    return false;
  };
}

function standsAt(line: string, start: number, pieces: readonly RegExp[]): boolean {
  let at = start;
  for (const piece of pieces) {
    piece.lastIndex = at;
    if (!piece.test(line)) return false;
    at = piece.lastIndex;
  }
  return true;
}
