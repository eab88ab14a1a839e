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
  /** When it got its terminal line, among all runs. */
  order: number;
  /** How many lines make it whole: those up to the terminal one, by `seq`; undefined where lines have none. */
  expected: number | undefined;
  /** The queue it waits in once it is finished. */
  waitsIn: Waiting | undefined;
}

/** Enough for the finished runs of several minutes at a few hundred lines a second, in about 50 MB. */
const DEFAULT_BUDGET = 50_000;
/** Only events after the end can still come for a run of which every line is there: those are rare and come soon. */
const WHOLE_BUDGET = 250;

/** Asked for after every line, so nothing is made for the usual answer. */
const NONE: readonly RunLines[] = [];

/** Finished runs that wait for late lines, first ended first. */
class Waiting {
  readonly groups = new Map<string, Group>();
  lines = 0;

  add(group: Group): void {
    this.groups.set(group.run_id, group);
    this.lines += group.lines.length;
  }

  remove(group: Group): void {
    if (this.groups.delete(group.run_id)) this.lines -= group.lines.length;
  }

  get first(): Group | undefined {
    return this.groups.values().next().value;
  }
}

/**
 * Groups a stream of lines into runs in bounded memory. Finished runs wait, because lines of one run may come after its
 * terminal line, until more lines than the budget wait with them; then the one that ended first goes. A run of which
 * every line up to the end has come, by `seq`, waits for fewer lines. Runs without a terminal line stay until the end.
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
  readonly #whole = new Waiting();
  /** Finished runs that lack lines, or of which nobody can tell. */
  readonly #partial = new Waiting();
  readonly #taken = new Set<string>();
  #ended = 0;
  #latest: Group | undefined;

  /** @param options.budget how many lines of finished runs may wait */
  constructor(options: { readonly budget?: number | undefined } = {}) {
    this.#budget = options.budget ?? DEFAULT_BUDGET;
  }

  add(line: Line | UnknownLine): Assembled {
    const { run_id } = line;
    if (run_id === "") return "outside";
    // Neighbouring lines are mostly of one run.
    let group = this.#latest?.run_id === run_id ? this.#latest : this.#find(run_id);
    if (group === undefined) {
      if (this.#taken.has(run_id)) return "late";
      group = { run_id, lines: [], finished: false, order: 0, expected: undefined, waitsIn: undefined };
      this.#open.set(run_id, group);
    }
    this.#latest = group;
    group.lines.push(line);
    if (group.waitsIn !== undefined) group.waitsIn.lines++;
    if (line.event_type === "run.completed" || line.event_type === "run.errored") this.#finish(group, line);
    if (group.finished) this.#wait(group);
    return "joined";
  }

  #find(run_id: string): Group | undefined {
    return this.#open.get(run_id) ?? this.#partial.groups.get(run_id) ?? this.#whole.groups.get(run_id);
  }

  #wait(group: Group): void {
    const queue = group.lines.length === group.expected ? this.#whole : this.#partial;
    if (queue === group.waitsIn) return;
    group.waitsIn?.remove(group);
    queue.add(group);
    group.waitsIn = queue;
  }

  #finish(group: Group, end: Line | UnknownLine): void {
    group.expected = end.seq === undefined ? undefined : end.seq + 1;
    if (group.finished) return;
    group.finished = true;
    group.order = this.#ended++;
    this.#open.delete(group.run_id);
  }

  /** Hands out the runs that ended first, as many as it takes to keep within the budget. */
  takeFinished(): readonly RunLines[] {
    const wholeBudget = Math.min(this.#budget, WHOLE_BUDGET);
    if (this.#whole.lines <= wholeBudget && this.#partial.lines + this.#whole.lines <= this.#budget) return NONE;
    const runs: RunLines[] = [];
    for (let group = this.#whole.first; group !== undefined; group = this.#whole.first) {
      if (this.#whole.lines <= wholeBudget) break;
      runs.push(this.#take(group));
    }
    for (let group = this.#partial.first; group !== undefined; group = this.#partial.first) {
      if (this.#partial.lines + this.#whole.lines <= this.#budget) break;
      runs.push(this.#take(group));
    }
    return runs;
  }

  /** Hands out everything: runs in the order of their terminal lines, then those without one. */
  takeRest(): RunLines[] {
    const finished = [...this.#whole.groups.values(), ...this.#partial.groups.values()];
    finished.sort((a, b) => a.order - b.order);
    return [...finished, ...this.#open.values()].map((group) => this.#take(group));
  }

  #take(group: Group): RunLines {
    if (group === this.#latest) this.#latest = undefined;
    group.waitsIn?.remove(group);
    this.#open.delete(group.run_id);
    this.#taken.add(group.run_id);
    return group;
  }
}
