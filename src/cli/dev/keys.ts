/** What a key means in the live view. */
export type Key =
  | "up"
  | "down"
  | "pageUp"
  | "pageDown"
  | "home"
  | "end"
  | "open"
  | "back"
  | "fixes"
  | "facts"
  | "steps"
  | "lines"
  | "quit";

const ESCAPE = "\u001b";
const MEANINGS: Readonly<Record<string, Key>> = {
  [`${ESCAPE}[A`]: "up",
  [`${ESCAPE}OA`]: "up",
  k: "up",
  [`${ESCAPE}[B`]: "down",
  [`${ESCAPE}OB`]: "down",
  j: "down",
  [`${ESCAPE}[5~`]: "pageUp",
  [`${ESCAPE}[6~`]: "pageDown",
  " ": "pageDown",
  [`${ESCAPE}[H`]: "home",
  [`${ESCAPE}OH`]: "home",
  [`${ESCAPE}[1~`]: "home",
  g: "home",
  [`${ESCAPE}[F`]: "end",
  [`${ESCAPE}OF`]: "end",
  [`${ESCAPE}[4~`]: "end",
  G: "end",
  "\r": "open",
  "\n": "open",
  [`${ESCAPE}[C`]: "open",
  [`${ESCAPE}OC`]: "open",
  l: "open",
  [ESCAPE]: "back",
  [`${ESCAPE}[D`]: "back",
  [`${ESCAPE}OD`]: "back",
  "\u007f": "back",
  h: "back",
  c: "fixes",
  f: "facts",
  s: "steps",
  e: "lines",
  q: "quit",
  // In raw mode an interrupt comes as a key.
  "\u0003": "quit",
};

/** An escape sequence, or one character. */
const PRESSED = new RegExp(`${ESCAPE}\\[[0-9;]*[A-Za-z~]|${ESCAPE}O.|.`, "gsu");

/** The keys in what the terminal sent at once; others are left out. */
export function keysOf(input: string): Key[] {
  return [...input.matchAll(PRESSED)].flatMap(([pressed]) => MEANINGS[pressed] ?? []);
}
