import { eachItem, valueBelow } from "./arrays";
import { type Broken, blockEnd, MALFORMED, nextToken, readValue, stringEnd, type Value } from "./scan";
import { unescaped } from "./unescape";

/** What was found at the path of this number; -1 for what belongs to none. */
export type Found = (path: number, value: Value | Broken) => void;

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/**
 * Looks for several paths in one pass over a line, the first of equal keys each, and stops when all are found. What
 * stands behind the last one is not looked at; values before it are believed.
 */
export class PathFinder {
  private readonly deepest: number;
  private readonly done: boolean[];
  private readonly above: string[] = [];
  private found = 0;

  constructor(
    private readonly paths: readonly (readonly string[])[],
    private readonly report: Found,
  ) {
    this.deepest = Math.max(...paths.map((path) => path.length));
    this.done = paths.map(() => false);
  }

  find(line: string): void {
    this.done.fill(false);
    this.found = 0;
    let level = 0;
    for (let at = 0; at < line.length; at += 1) {
      switch (line.charCodeAt(at)) {
        case QUOTE: {
          const end = stringEnd(line, at + 1);
          const next = end < 0 ? -1 : nextToken(line, end);
          if (next < 0) return;
          if (line.charCodeAt(next) !== COLON) {
            at = next - 1;
            break;
          }
          if (level <= this.deepest) {
            if (level < 1) {
              this.report(-1, MALFORMED);
              return;
            }
            if (!this.key(line, line.slice(at + 1, end - 1), level, next + 1)) return;
          }
          at = next;
          break;
        }
        case OPEN:
          level += 1;
          break;
        case CLOSE:
        case CLOSE_ARRAY:
          level -= 1;
          break;
        case OPEN_ARRAY: {
          const end = this.array(line, at, level);
          if (end < 0) return;
          at = end;
          break;
        }
        default:
      }
    }
  }

  /** @returns whether to go on */
  private key(line: string, raw: string, level: number, from: number): boolean {
    const key = raw.includes("\\") ? unescaped(raw) : raw;
    if (key === undefined) return false;
    this.above[level - 1] = key;
    for (const [index, path] of this.paths.entries()) {
      if (path.length !== level || this.done[index] || path[level - 1] !== key || !this.below(path, level)) continue;
      this.mark(index);
      this.report(index, readValue(line, from));
      if (this.found === this.paths.length) return false;
    }
    return true;
  }

  private below(path: readonly string[], level: number): boolean {
    for (let index = 0; index < level; index += 1) if (path[index] !== this.above[index]) return false;
    return true;
  }

  private mark(index: number): void {
    if (this.done[index]) return;
    this.done[index] = true;
    this.found += 1;
  }

  /** @returns the position of the last character of the array, or -1 to stop */
  private array(line: string, at: number, level: number): number {
    if (level < 0) {
      this.report(-1, MALFORMED);
      return -1;
    }
    const wanted = [...this.paths.entries()].filter(
      ([index, path]) => !this.done[index] && path[level]?.startsWith("[") === true && this.below(path, level),
    );
    if (wanted.length === 0) {
      const end = blockEnd(line, at, OPEN_ARRAY, CLOSE_ARRAY);
      return end < 0 ? -1 : end - 1;
    }
    const end = eachItem(line, at, (item, position) => {
      for (const [index, path] of wanted) {
        if (path[level] !== `[${position}]`) continue;
        this.mark(index);
        const value = valueBelow(item, path.slice(level + 1));
        if (value !== undefined) this.report(index, value);
      }
    });
    if (this.found === this.paths.length) return -1;
    return end;
  }
}
