import { closeSync, constants, ftruncateSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import type { ByteCache } from "./byteCache";
import { codeOf, messageOf, StoreError } from "./errors";
import { BLOCK_SIZE, type SegmentFile } from "./segmentFile";

/** The call that fails when a disk is full; tests put a failing one in its place. */
export type WriteCall = (fd: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;

/** How many files are held open at once. */
const MAX_OPEN = 256;

/** What the files of one folder share: blocks that were read, handles for writing. */
export class DiskFiles {
  readonly #open = new Map<string, number>();
  #files = 0;
  #scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024);

  constructor(
    readonly blocks: ByteCache<number, Buffer>,
    readonly write: WriteCall = writeSync,
  ) {}

  /** A number that no other file has. */
  nextId(): number {
    return this.#files++;
  }

  /** A handle for writing; the file is made where there is none. */
  handle(path: string): number {
    const fd = this.#open.get(path) ?? openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#open.delete(path);
    this.#open.set(path, fd);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MAX_OPEN) break;
      this.release(oldest);
    }
    return fd;
  }

  /** Bytes to read into, the same ones at each call. */
  scratch(length: number): Buffer {
    if (this.#scratch.length < length) this.#scratch = Buffer.allocUnsafeSlow(length * 2);
    return this.#scratch.subarray(0, length);
  }

  release(path: string): void {
    const fd = this.#open.get(path);
    if (fd === undefined) return;
    this.#open.delete(path);
    closeSync(fd);
  }
}

/** Numbers of blocks within a file stay below this: files of up to 1 TiB. */
const BLOCKS_PER_FILE = 2 ** 22;

/**
 * A file of the store's folder. What counts as its content is what was wholly written: bytes that a failed write left
 * behind lie past `size` and are written over by the next one.
 */
export class DiskFile implements SegmentFile {
  readonly #files: DiskFiles;
  readonly #path: string;
  readonly #id: number;
  size: number;

  constructor(files: DiskFiles, path: string) {
    this.#files = files;
    this.#path = path;
    this.#id = files.nextId() * BLOCKS_PER_FILE;
    this.size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  append(bytes: Uint8Array): void {
    try {
      const fd = this.#files.handle(this.#path);
      for (let done = 0; done < bytes.length; ) {
        done += this.#files.write(fd, bytes, done, bytes.length - done, this.size + done);
      }
    } catch (error) {
      const left = this.#tryTruncate(this.size) ? "" : ", and cannot cut off what was written of it";
      throw new StoreError("write", `cannot write ${this.#path}: ${whyOf(error)}${left}`, error);
    }
    this.size += bytes.length;
  }

  truncate(size: number): void {
    this.#forgetBlocks(size);
    this.size = size;
    this.#tryTruncate(size);
  }

  /** Drops blocks that hold bytes from `size` on. */
  #forgetBlocks(size: number): void {
    for (let number = Math.floor(size / BLOCK_SIZE); number * BLOCK_SIZE < this.size; number++) {
      this.#files.blocks.delete(this.#id + number);
    }
  }

  /** A file that cannot be cut keeps bytes past `size`, which are never read and soon written over. */
  #tryTruncate(size: number): boolean {
    try {
      ftruncateSync(this.#files.handle(this.#path), size);
      return true;
    } catch {
      return false;
    }
  }

  block(number: number): Buffer {
    const length = Math.max(0, Math.min(BLOCK_SIZE, this.size - number * BLOCK_SIZE));
    if (length === 0) return Buffer.alloc(0);
    const cached = this.#files.blocks.get(this.#id + number);
    if (cached !== undefined && cached.length >= length) return cached.subarray(0, length);
    const block = this.#read(number * BLOCK_SIZE, length);
    this.#files.blocks.set(this.#id + number, block, length);
    return block;
  }

  direct(at: number, length: number): Buffer {
    const bytes = this.#files.scratch(length);
    try {
      readFully(this.#files.handle(this.#path), bytes, at);
    } catch (error) {
      throw new StoreError("folder", `cannot read ${this.#path}: ${messageOf(error)}`, error);
    }
    return bytes;
  }

  #read(position: number, length: number): Buffer {
    // Not from Node's shared pool: a slice of that would hold on to the whole pool.
    const bytes = Buffer.allocUnsafeSlow(length);
    try {
      const fd = openSync(this.#path, "r");
      try {
        readFully(fd, bytes, position);
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      throw new StoreError("folder", `cannot read ${this.#path}: ${messageOf(error)}`, error);
    }
    return bytes;
  }

  close(): void {
    this.#files.release(this.#path);
  }

  remove(): void {
    this.#forgetBlocks(0);
    this.#files.release(this.#path);
    rmSync(this.#path, { force: true });
    this.size = 0;
  }
}

function whyOf(error: unknown): string {
  const code = codeOf(error);
  const full = code === "ENOSPC" || code === "EDQUOT";
  return full
    ? "the disk is full (free space, or lower --max-size)"
    : `${messageOf(error)} (look at the folder and its disk)`;
}

function readFully(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(fd, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error(`it ends at byte ${position + done}, ${position + bytes.length} were expected`);
    done += read;
  }
}
