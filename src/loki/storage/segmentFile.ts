/** Files are read in blocks of this many bytes. */
export const BLOCK_SIZE = 256 * 1024;

/** Bytes that only grow at their end, on disk or in memory. */
export interface SegmentFile {
  readonly size: number;
  /**
   * Adds bytes at the end, all or none of them.
   *
   * @throws StoreError of kind `write`; the file is as it was before
   */
  append(bytes: Uint8Array): void;
  /** Forgets everything from `size` on. */
  truncate(size: number): void;
  /** The bytes from `number` × BLOCK_SIZE, at most BLOCK_SIZE of them. The content of a returned block stays as it is. */
  block(number: number): Buffer;
  /** Bytes `[at, at + length)` without keeping them; what is returned holds until the next call. */
  direct(at: number, length: number): Buffer;
  /** Gives up what is held; the file itself stays. */
  close(): void;
  /** Removes the file. */
  remove(): void;
}

/** Bytes `[at, at + length)`, which may lie in several blocks. */
export function readBytes(file: SegmentFile, at: number, length: number): Buffer {
  const first = Math.floor(at / BLOCK_SIZE);
  const start = at - first * BLOCK_SIZE;
  if (start + length <= BLOCK_SIZE) return file.block(first).subarray(start, start + length);
  const parts: Buffer[] = [file.block(first).subarray(start)];
  let left = length - (BLOCK_SIZE - start);
  for (let number = first + 1; left > 0; number++) {
    const part = file.block(number).subarray(0, left);
    if (part.length === 0) break;
    parts.push(part);
    left -= part.length;
  }
  return Buffer.concat(parts);
}
