import { statSync } from "node:fs";
import { readDocument, sourceOf } from "./configFile";
import type { Faults } from "./faults";
import { sayOnce } from "./notices";

/** The file is looked at again after this many ms. */
const LOOK_EVERY_MS = 60_000;

export interface WatchedFileOptions<T> {
  readonly path: string;
  /** What names the file, for messages. */
  readonly place: string;
  /** What it holds, for messages, such as `baselines`. */
  readonly what: string;
  /** What not having it means, for people. */
  readonly without: string;
  /** Stands in until there is a file. */
  readonly none: T;
  /** Throws when the document is not valid. */
  readonly parse: (document: unknown, source: string) => T;
  readonly faults: Faults;
  /** ms that only grow. */
  readonly now?: (() => number) | undefined;
}

/**
 * A JSON file that is written anew from time to time: looked at once a minute, when it is asked for. A file that is not
 * there yet means none; one that has become unreadable leaves the last good copy in use.
 */
export class WatchedFile<T> {
  readonly #options: WatchedFileOptions<T>;
  readonly #now: () => number;
  #content: T;
  #lookedAt: number;
  /** Modification time and size of what was read. */
  #version = "";

  /** @throws OptionsError, or whatever `parse` throws, when the file is there and is not valid */
  constructor(options: WatchedFileOptions<T>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#lookedAt = this.#now();
    const found = this.#read();
    if (found === undefined)
      sayOnce(`${options.path} (${options.what}) is not there yet: ${options.without} until it is.`);
    this.#content = found ?? options.none;
  }

  /** The newest valid content, at most a minute old. */
  get content(): T {
    const now = this.#now();
    if (now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = now;
      try {
        this.#content = this.#read() ?? this.#content;
      } catch (error) {
        const { faults, what, path } = this.#options;
        faults.note(`reading ${what} from ${path}`, error);
      }
    }
    return this.#content;
  }

  /** @returns undefined when the file is not there or has not changed */
  #read(): T | undefined {
    const { path, place, parse } = this.#options;
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const version = `${found.mtimeMs}:${found.size}`;
    if (version === this.#version) return undefined;
    const content = parse(readDocument(path, place, "JSON", JSON.parse), sourceOf(path, place));
    this.#version = version;
    return content;
  }
}
