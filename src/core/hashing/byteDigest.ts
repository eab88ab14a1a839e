/**
 * Stands for bytes in the text of arguments: how many they are and a 64-bit digest of them (two FNV-1a variants). It only
 * has to tell different bytes apart; writing megabytes as JSON would hold up the agent.
 *
 * @example byteDigest(new Uint8Array([1, 2, 3])) // "[3 bytes 8e4e6b81f6e6bd0f]"
 */
export function byteDigest(value: ArrayBufferView | ArrayBuffer): string {
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  let low = 0x811c9dc5;
  let high = 0x01000193 ^ bytes.length;
  for (const byte of bytes) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ (byte + 0x9e), 0x85ebca6b);
    high ^= high >>> 15;
  }
  return `[${bytes.length} bytes ${hex(high)}${hex(low)}]`;
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");
