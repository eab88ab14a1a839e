import { createHmac, hash } from "node:crypto";
import type { Hash } from "../core/hashing";

/** Hex characters of a content hash. */
const HASH_LENGTH = 16;

/** Full lower-case hex SHA-256 of the text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return hash("sha256", text, "hex");
}

/**
 * The hash of content: the first 16 hex characters of SHA-256, or of HMAC-SHA-256 with a key. Without a key whoever holds
 * the lines can find out short or likely texts (names, numbers, yes or no) by trying; with a key only who knows it can.
 *
 * @example nodeHash()("hello") // "2cf24dba5fb0a30e"
 */
export function nodeHash(options: { readonly key?: string | undefined } = {}): Hash {
  const { key } = options;
  if (key === undefined) return (text) => hash("sha256", text, "hex").slice(0, HASH_LENGTH);
  return (text) => createHmac("sha256", key).update(text).digest("hex").slice(0, HASH_LENGTH);
}
