import { LOGGER } from "../../core/wire";
import { UsageError } from "../errors";
import { sanitise } from "../output/sanitise";
import type { SkipKind } from "./readLog";

/** A JSON object whose end is missing: cut so early that nothing in it says whose line it was. */
const isTorn = (text: string): boolean => text.startsWith('{"') && !text.trimEnd().endsWith("}");

/** How much of one input could be read, and what kept the rest from it. */
export class FileHealth {
  readonly #file: string;
  readonly #kinds = new Map<SkipKind, number>();
  #read = 0;
  #skipped = 0;
  #damaged = 0;
  /** A damaged line says that it is one of ours. */
  #ours = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** A line that was read. */
  sound(): void {
    this.#read += 1;
  }

  /** A line that was left out. Of one cut before it says whose it is the parser can only say that it is foreign. */
  skipped(kind: SkipKind, text = ""): void {
    this.#skipped += 1;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    if (kind === "foreign" && !isTorn(text)) return;
    this.#damaged += 1;
    if (kind === "invalid" || text.includes(`"${LOGGER}"`)) this.#ours = true;
  }

  /**
   * Why the whole input counts as unreadable: no line of it was read, and at least one was ours, or no more than half
   * are whole lines of something else. A log in which nothing is ours is fine: it holds no runs.
   */
  failure(): UsageError | undefined {
    if (this.#read > 0 || this.#damaged === 0) return undefined;
    if (!this.#ours && this.#damaged * 2 < this.#skipped) return undefined;
    const kinds = [...this.#kinds].map(([kind, count]) => `${count.toLocaleString("en-US")} ${kind}`).join(", ");
    return new UsageError(
      `Cannot read ${sanitise(this.#file)}: none of its lines is a whole Dunetrace line (${kinds}); name a file of lines as the SDK writes them, plain or gzipped`,
    );
  }
}
