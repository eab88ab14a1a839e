/** Turns text into 16 lower-case hex characters; injected, because core has no cryptography of its own. */
export type Hash = (text: string) => string;

/**
 * Hashes a piece of content: the empty text has no hash, because every empty content would look equal.
 *
 * @returns 16 hex characters, or undefined when there is nothing to hash.
 */
export function hashText(text: string | undefined, hash: Hash): string | undefined {
  return text === undefined || text === "" ? undefined : hash(text);
}
