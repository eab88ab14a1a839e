import type { Line } from "../../core/wire";

export interface RunLimits {
  /** Lines of one run. */
  readonly perRun: number;
  /** Lines of all runs that have not ended. */
  readonly inAll: number;
  /** Ended runs that are remembered. */
  readonly remembered: number;
}

/** About 100 MB at most. */
const LIMITS: RunLimits = { perRun: 20_000, inAll: 100_000, remembered: 20_000 };

/**
 * The lines of runs that have not ended, in bounded memory: the run that was heard of least lately makes room, and one that
 * is too long is given up. What was given up cannot be judged here; its readers do that.
 */
export class OpenRuns {
  /** Runs that were given up so far. */
  evicted = 0;
  readonly #limits: RunLimits;
  /** Those heard of least lately first. */
  readonly #runs = new Map<string, Line[]>();
  readonly #ended = new Map<string, number>();
  #lines = 0;

  constructor(limits: Partial<RunLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Runs that have not ended. */
  get open(): number {
    return this.#runs.size;
  }

  add(line: Line): void {
    const { run_id } = line;
    let lines = this.#runs.get(run_id);
    // A run is known from its start on: what begins in the middle could only be judged wrongly.
    if (lines === undefined && line.event_type !== "run.started") return;
    lines ??= [];
    this.#runs.delete(run_id);
    this.#runs.set(run_id, lines);
    lines.push(line);
    this.#lines++;
    if (lines.length > this.#limits.perRun) this.#giveUp(run_id, lines);
    for (const [oldest, its] of this.#runs) {
      if (this.#lines <= this.#limits.inAll) break;
      this.#giveUp(oldest, its);
    }
  }

  /** Takes the lines of a run out; undefined when they are not all there. */
  take(run_id: string): readonly Line[] | undefined {
    const lines = this.#runs.get(run_id);
    if (lines === undefined) return undefined;
    this.#runs.delete(run_id);
    this.#lines -= lines.length;
    return lines;
  }

  /** Remembers which terminal line a run was judged by. */
  remember(run_id: string, digest: number): void {
    this.#ended.set(run_id, digest);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > this.#limits.remembered && oldest !== undefined) this.#ended.delete(oldest);
  }

  /** The terminal line that a run was judged by. */
  judgedBy(run_id: string): number | undefined {
    return this.#ended.get(run_id);
  }

  #giveUp(run_id: string, lines: readonly Line[]): void {
    this.#runs.delete(run_id);
    this.#lines -= lines.length;
    this.evicted++;
  }
}
