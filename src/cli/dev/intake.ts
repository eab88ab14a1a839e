import { type Line, parseLine, type UnknownLine } from "../../core/wire";
import { type OpenedStore, type StoredLine, StoreError } from "../../loki";
import { REDUCTION } from "../../sdk/reduction";
import type { TakeLine } from "../input/lineReader";
import type { Notice } from "./inputs";
import type { LiveEvent } from "./liveRun";
import type { Watch } from "./watch";

type AnyLine = Line | UnknownLine;

export interface IntakeOptions {
  readonly store: OpenedStore;
  readonly watch: Watch;
  /** Wall clock, ms. */
  readonly now: () => number;
  readonly notify: (notice: Notice) => void;
}

/** So many different refusals of the store are told. */
const MOST_TOLD = 10;

/**
 * Lines on their way into the store, and from there to what is watched, whoever brings them: files, or agents that push
 * to the store themselves. What is there already is watched once.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #off: () => void;
  readonly #told = new Set<string>();
  #events: LiveEvent[] = [];
  /** The line being stored, which need not be read again. */
  #current: { readonly line: AnyLine; readonly text: string; late: boolean } | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#off = options.store.onStored((lines) => this.#stored(lines));
  }

  readonly take: TakeLine = (line, text) => {
    const current = { line, text, late: false };
    this.#current = current;
    // What the store does not take is watched all the same.
    if (!this.#store(line, text)) current.late = this.#watch(line);
    this.#current = undefined;
    return current.late ? "late" : undefined;
  };

  /** What happened since the last call. */
  events(): LiveEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Adds what time alone changed, or what the end of the input did. */
  add(events: readonly LiveEvent[]): void {
    this.#events.push(...events);
  }

  close(): void {
    this.#off();
  }

  #store(line: AnyLine, text: string): boolean {
    const { agent_id, event_type } = line;
    const ts = BigInt(line.written ?? line.time) * 1000n;
    try {
      const { refusals } = this.#options.store.push([
        { labels: { agent_id, event_type }, entries: [{ ts, line: text }] },
      ]);
      for (const refusal of refusals) this.#refused(refusal.text);
      return refusals.length === 0;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#refused(error.message);
      return false;
    }
  }

  #refused(text: string): void {
    if (this.#told.size >= MOST_TOLD || this.#told.has(text)) return;
    this.#told.add(text);
    this.#options.notify({ text: `Watched, but not kept: ${text}` });
  }

  #stored(lines: readonly StoredLine[]): void {
    const current = this.#current;
    for (const { line: text } of lines) {
      if (current?.text === text) {
        current.late = this.#watch(current.line);
        continue;
      }
      const read = parseLine(text, REDUCTION);
      // Agents may push other lines too.
      if (read.ok) this.#watch(read.line);
    }
  }

  /** @returns whether its run is not kept any more */
  #watch(line: AnyLine): boolean {
    const events = this.#options.watch.add(line, this.#options.now());
    if (events === "late") return true;
    this.#events.push(...events);
    return false;
  }
}
