import type { Line, UnknownLine } from "../wire/line";

/** The lines of one run in the order they were read; `rebuildRun` orders them and drops duplicates. */
export interface RunLines {
  readonly run_id: string;
  readonly lines: readonly (Line | UnknownLine)[];
  /** A terminal line was among them. */
  readonly finished: boolean;
}

/**
 * What became of a line: it joined its run; it belongs to no run (a deploy marker, an applied fix); or it came after its
 * run had been handed out, so that it can change nothing any more.
 */
export type Assembled = "joined" | "outside" | "late";

interface Group {
  readonly run_id: string;
  readonly lines: (Line | UnknownLine)[];
  finished: boolean;
}

/** Enough for the finished runs of several minutes at a few hundred lines a second, in about 50 MB. */
const DEFAULT_BUDGET = 50_000;

/**
 * Groups a stream of lines into runs in bounded memory. Finished runs wait, because lines of one run may come after its
 * terminal line, until more lines than the budget wait with them; then the one that ended first goes. Runs without a
 * terminal line stay until the end.
 *
 * @example
 * const assembler = new RunAssembler();
 * for (const line of lines) {
 *   assembler.add(line);
 *   for (const run of assembler.takeFinished()) use(run);
 * }
 * for (const run of assembler.takeRest()) use(run);
 */
export class RunAssembler {
  readonly #budget: number;
  /** Runs without a terminal line, in the order of their first line. */
  readonly #open = new Map<string, Group>();
  /** Runs with one, in the order of it. */
  readonly #finished = new Map<string, Group>();
  readonly #taken = new Set<string>();
  #waiting = 0;

  /** @param options.budget how many lines of finished runs may wait */
  constructor(options: { readonly budget?: number | undefined } = {}) {
    this.#budget = options.budget ?? DEFAULT_BUDGET;
  }

  add(line: Line | UnknownLine): Assembled {
    const { run_id } = line;
    if (run_id === "") return "outside";
    const finished = this.#finished.get(run_id);
    if (finished !== undefined) {
      finished.lines.push(line);
      this.#waiting += 1;
      return "joined";
    }
    let group = this.#open.get(run_id);
    if (group === undefined) {
      if (this.#taken.has(run_id)) return "late";
      group = { run_id, lines: [], finished: false };
      this.#open.set(run_id, group);
    }
    group.lines.push(line);
    if (line.event_type === "run.completed" || line.event_type === "run.errored") this.#finish(group);
    return "joined";
  }

  #finish(group: Group): void {
    group.finished = true;
    this.#open.delete(group.run_id);
    this.#finished.set(group.run_id, group);
    this.#waiting += group.lines.length;
  }

  /** Hands out the runs that ended first, as many as it takes to keep within the budget. */
  takeFinished(): RunLines[] {
    const runs: RunLines[] = [];
    for (const group of this.#finished.values()) {
      if (this.#waiting <= this.#budget) break;
      this.#take(group);
      runs.push(group);
    }
    return runs;
  }

  /** Hands out everything: runs in the order of their terminal lines, then those without one. */
  takeRest(): RunLines[] {
    const runs = [...this.#finished.values(), ...this.#open.values()];
    for (const group of runs) this.#take(group);
    return runs;
  }

  #take(group: Group): void {
    if (group.finished) this.#waiting -= group.lines.length;
    this.#finished.delete(group.run_id);
    this.#open.delete(group.run_id);
    this.#taken.add(group.run_id);
  }
}
