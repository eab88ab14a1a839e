import { createHash } from "node:crypto";

/** The hash of the wire: SHA-256 of the UTF-8 text, first 16 hex. */
export function hash16(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex").slice(0, 16);
}

/** Texts of arguments and queries, as Python and JavaScript write them. */
export const ARGUMENT_TEXTS = ['{"q":"weather"}', "{'q': 'hotels', 'n': 3}", "find a seat"] as const;
export const INPUT_TEXT = "Book me a flight to Oslo.";

const BY_HASH: ReadonlyMap<string, string> = new Map(
  [...ARGUMENT_TEXTS, INPUT_TEXT].map((text) => [hash16(text), text]),
);

/** The text behind a hash of a generated event. */
export function textBehind(hash: string): string {
  const text = BY_HASH.get(hash);
  if (text === undefined) throw new Error(`no text has the hash ${hash}`);
  return text;
}
