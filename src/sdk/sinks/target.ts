import { closeSync, existsSync, fstatSync, mkdirSync, openSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf, Descriptor } from "./descriptor";

/** Something lines are written to by file descriptor. */
export interface Target {
  readonly name: string;
  /** The descriptor to write to now, undefined while there is none. */
  descriptor(): Descriptor | undefined;
  close(): void;
}

/** stdout. Descriptor 1 is used directly: touching `process.stdout` would make pipes refuse instead of wait. */
export class StdoutTarget implements Target {
  readonly name = "stdout";
  readonly #descriptor: Descriptor | undefined;

  constructor(descriptor = new Descriptor(1)) {
    this.#descriptor = descriptor;
  }

  descriptor(): Descriptor | undefined {
    return this.#descriptor;
  }

  close(): void {
    // stdout is not ours to close.
  }
}

/**
 * How often the path is looked at for a rotation, ms: a shipper reads a renamed file to its end when it notices, at any time
 * after the renaming, and what comes into it later is lost to Loki.
 */
const LOOK_EVERY_MS = 1;

/**
 * A file that is appended to, created with its folders when it is missing. When the path names another file or none
 * (log rotation), it is opened anew within a millisecond of writing.
 */
export class FileTarget implements Target {
  readonly name: string;
  readonly #path: string;
  #descriptor: Descriptor | undefined;
  /** Device and inode of the open file. */
  #identity = "";
  #looked = 0;
  #closed = false;

  /** @throws the error of the file system when the file cannot be opened: a set-up error */
  constructor(path: string) {
    this.name = `file ${path}`;
    this.#path = path;
    this.#open();
  }

  descriptor(): Descriptor | undefined {
    if (this.#closed) return undefined;
    const now = Date.now();
    if (now - this.#looked >= LOOK_EVERY_MS || now < this.#looked) {
      this.#looked = now;
      this.#follow();
    }
    return this.#descriptor;
  }

  #open(): void {
    makeFolder(dirname(this.#path));
    const fd = openSync(this.#path, "a");
    this.#descriptor = new Descriptor(fd);
    this.#identity = identityOf(fstatSync(fd));
    this.#looked = Date.now();
  }

  /** Opens the path anew when it no longer names the open file, or when that cannot be written to any more. */
  #follow(): void {
    try {
      const old = this.#descriptor;
      const isOurs = old !== undefined && this.#isOpen(old);
      const found = statSync(this.#path, { throwIfNoEntry: false });
      if (isOurs && found !== undefined && identityOf(found) === this.#identity) return;
      this.#open();
      if (isOurs) closeQuietly(old.fd);
    } catch {
      // The path cannot be opened now: the open file goes on, and the next look tries again.
    }
  }

  /** False when somebody else closed the descriptor: its number may be another file's by now, and is not ours to close. */
  #isOpen({ fd }: Descriptor): boolean {
    try {
      return identityOf(fstatSync(fd)) === this.#identity;
    } catch (error) {
      if (codeOf(error) === "EBADF") return false;
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#descriptor !== undefined) closeQuietly(this.#descriptor.fd);
    this.#descriptor = undefined;
  }
}

/** Not by mkdir's `recursive`: where a file system answers ENOENT for good, as /proc does, Node 20 never comes back. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // Whatever close says, the descriptor is gone.
  }
}
