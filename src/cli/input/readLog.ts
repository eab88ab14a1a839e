import type { Micros, ProblemKind } from "../../core/wire";
import type { UsageError } from "../errors";
import type { Output } from "../io";
import { sanitise } from "../output/sanitise";
import { FileHealth } from "./fileHealth";

/** Why a line was left out; `late` ones came after their run had been judged. */
export type SkipKind = Exclude<ProblemKind, "blank"> | "late";

const SKIP_KINDS: readonly SkipKind[] = ["broken", "cut", "invalid", "oversized", "foreign", "late"];

/** So many skipped lines are named one by one; the rest are counted. */
const NAMED = 20;

const MAX_AGENTS = 1000;

/** Where a line stands. */
export interface Place {
  /** File name, or stdin. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Counts what was read and what was not, and names the first skipped lines on stderr. */
export class ReadLog {
  readonly #stderr: Output;
  readonly #skipped = new Map<SkipKind, number>();
  readonly #oddFields = new Set<string>();
  readonly #health = new Map<string, FileHealth>();
  #pending = "";
  #total = 0;
  /** Lines of any kind, blank ones left out. */
  lines = 0;
  /** Lines with raw content in runs whose capture is not full. */
  rawLines = 0;
  /** Lines with a payload field of the wrong type. */
  oddLines = 0;
  /** The newest event read. */
  newest: Micros | undefined;
  /** Agents seen, however the runs are filtered; the first 1,000. */
  readonly agents = new Set<string>();
  /** All runs seen while one is looked for, to name those near it. */
  readonly runIds = new Set<string>();
  /** Runs handed out. */
  runs = 0;
  /** The first input that could not be read, or not to its end; what was readable is shown all the same. */
  failure: UsageError | undefined;

  constructor(stderr: Output) {
    this.#stderr = stderr;
  }

  /** Lines left out. */
  get skipped(): number {
    return this.#total;
  }

  /** How many lines of each kind were left out, kinds without any left out. */
  skippedByKind(): Partial<Record<SkipKind, number>> {
    return Object.fromEntries(
      SKIP_KINDS.flatMap((kind) => (this.#skipped.has(kind) ? [[kind, this.#skipped.get(kind)]] : [])),
    );
  }

  /** How much of a named input was readable. */
  healthOf(file: string): FileHealth {
    const known = this.#health.get(file);
    if (known !== undefined) return known;
    const health = new FileHealth(file);
    this.#health.set(file, health);
    return health;
  }

  /** An input was read to its end. */
  finished(file: string): void {
    this.failure ??= this.healthOf(file).failure();
  }

  skip(kind: SkipKind, reason: string, place: Place): void {
    this.#total += 1;
    this.#skipped.set(kind, (this.#skipped.get(kind) ?? 0) + 1);
    if (this.#total > NAMED) return;
    this.#pending += `${sanitise(place.file)}:${place.line}: ${kind}: ${sanitise(reason)}\n`;
  }

  odd(fields: readonly string[]): void {
    this.oddLines += 1;
    for (const field of fields) if (this.#oddFields.size < NAMED) this.#oddFields.add(field);
  }

  sawAgent(agent_id: string): void {
    if (this.agents.size < MAX_AGENTS) this.agents.add(agent_id);
  }

  /** Something waits to be written. */
  get hasNews(): boolean {
    return this.#pending !== "";
  }

  /** Writes what has been named since the last call. */
  async flush(): Promise<void> {
    if (this.#pending === "") return;
    const text = this.#pending;
    this.#pending = "";
    await this.#stderr.write(text);
  }

  /** Says at the end what was left out or odd; nothing when all was well. */
  async summarise(): Promise<void> {
    await this.flush();
    const sentences: string[] = [];
    if (this.#total > NAMED) sentences.push(`… and ${lineCount(this.#total - NAMED)} more`);
    if (this.#total > 0) {
      const kinds = Object.entries(this.skippedByKind()).map(([kind, count]) => `${count} ${kind}`);
      sentences.push(`Skipped ${this.#total} of ${lineCount(this.lines)}: ${kinds.join(", ")}`);
    }
    if (this.oddLines > 0) {
      const fields = [...this.#oddFields].sort().map(sanitise).join(", ");
      sentences.push(`Fields of the wrong type were read as unknown in ${lineCount(this.oddLines)}: ${fields}`);
    }
    if (this.rawLines > 0) {
      sentences.push(
        `Raw content was seen in ${lineCount(this.rawLines)}; it is not shown. Set the producer to capture hashes`,
      );
    }
    if (sentences.length > 0) await this.#stderr.write(`${sentences.join("\n")}\n`);
  }
}

const lineCount = (count: number): string => `${count.toLocaleString("en-US")} ${count === 1 ? "line" : "lines"}`;
