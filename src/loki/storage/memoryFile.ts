import { BLOCK_SIZE, readBytes, type SegmentFile } from "./segmentFile";

/** A file that lives in memory, for a store without a folder. */
export class MemoryFile implements SegmentFile {
  #blocks: Buffer[] = [];
  size = 0;

  append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const start = this.size % BLOCK_SIZE;
      const needed = Math.min(bytes.length - done, BLOCK_SIZE - start);
      this.#room(Math.floor(this.size / BLOCK_SIZE), start + needed).set(bytes.subarray(done, done + needed), start);
      done += needed;
      this.size += needed;
    }
  }

  /** The block, with room for `length` bytes; a small one grows by doubling, so that small files stay small. */
  #room(number: number, length: number): Buffer {
    const block = this.#blocks[number];
    if (block !== undefined && block.length >= length) return block;
    const grown = Buffer.alloc(Math.min(BLOCK_SIZE, Math.max(1024, length, (block?.length ?? 0) * 2)));
    block?.copy(grown);
    this.#blocks[number] = grown;
    return grown;
  }

  truncate(size: number): void {
    this.size = Math.min(size, this.size);
    this.#blocks.length = Math.ceil(this.size / BLOCK_SIZE);
  }

  block(number: number): Buffer {
    const length = Math.min(BLOCK_SIZE, this.size - number * BLOCK_SIZE);
    return this.#blocks[number]?.subarray(0, Math.max(0, length)) ?? Buffer.alloc(0);
  }

  direct(at: number, length: number): Buffer {
    return readBytes(this, at, length);
  }

  close(): void {
    // Nothing is held open.
  }

  remove(): void {
    this.#blocks = [];
    this.size = 0;
  }
}
