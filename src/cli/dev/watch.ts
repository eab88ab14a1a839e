import type { Line, UnknownLine } from "../../core/wire";
import { type LiveEvent, LiveRun, type LiveRunOptions, type SignalNews } from "./liveRun";

export interface WatchOptions extends LiveRunOptions {
  /** So many runs are kept; the one longest without a line goes, finished ones first. */
  readonly keep: number;
  /** Only runs of this agent. */
  readonly agent_id?: string | undefined;
}

/** Ids of runs that are gone, so that a late line does not make them anew. */
const REMEMBERED = 100_000;

/** All runs that are being watched. */
export class Watch {
  readonly #options: WatchOptions;
  /** In the order of their last line. */
  readonly #runs = new Map<string, LiveRun>();
  readonly #gone = new Set<string>();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Newest start first; of equal ones the one that came last. */
  runs(): LiveRun[] {
    return [...this.#runs.values()].sort((a, b) => b.started_at - a.started_at || b.run_id.localeCompare(a.run_id));
  }

  get(run_id: string): LiveRun | undefined {
    return this.#runs.get(run_id);
  }

  /** Whether a line of it came, though it may not be kept any more. */
  knows(run_id: string): boolean {
    return this.#runs.has(run_id) || this.#gone.has(run_id);
  }

  /** Runs nested in this one, in the order they started. */
  children(run_id: string): LiveRun[] {
    return this.runs()
      .filter((run) => run.parent_run_id === run_id)
      .reverse();
  }

  /**
   * Takes the next line.
   *
   * @returns what it changed, or "late" when its run is not kept any more
   */
  add(line: Line | UnknownLine, now: number): LiveEvent[] | "late" {
    const { agent_id = line.agent_id } = this.#options;
    if (line.run_id === "" || line.agent_id !== agent_id) return [];
    if (this.#gone.has(line.run_id)) return "late";
    const events: LiveEvent[] = [];
    const known = this.#runs.get(line.run_id);
    const run = known ?? new LiveRun(line, now, this.#options);
    this.#runs.delete(line.run_id);
    this.#runs.set(line.run_id, run);
    const hadEnded = run.hasEnded;
    const news = run.add(line, now);
    if (known === undefined) {
      this.#forget();
      events.push({ kind: "started", run, time: run.started_at });
    }
    events.push(...told(run, news));
    if (run.hasEnded && !hadEnded) events.push(...ended(run, run.status));
    return events;
  }

  /** Looks at what time alone changes: runs that stall, calls that hang. */
  tick(now: number): LiveEvent[] {
    const events: LiveEvent[] = [];
    for (const run of this.#runs.values()) {
      if (run.status !== "running") continue;
      events.push(...told(run, run.settle(now)));
      if (now - run.lastSeen >= this.#options.stallAfterMs) events.push(...ended(run, "stalled"));
    }
    return events;
  }

  /** No line will come any more: what has no terminal line is stalled. */
  close(): LiveEvent[] {
    return [...this.#runs.values()].filter((run) => run.status === "running").flatMap((run) => ended(run, "stalled"));
  }

  #forget(): void {
    while (this.#runs.size > this.#options.keep) {
      const runs = [...this.#runs.values()];
      const gone = runs.find((run) => run.status !== "running") ?? runs[0];
      if (gone === undefined) return;
      this.#runs.delete(gone.run_id);
      this.#gone.add(gone.run_id);
      const [oldest] = this.#gone;
      if (this.#gone.size > REMEMBERED && oldest !== undefined) this.#gone.delete(oldest);
    }
  }
}

const told = (run: LiveRun, news: readonly SignalNews[]): LiveEvent[] =>
  news.map((signal) => ({ kind: "signal", run, time: run.lastTime, signal }));

function ended(run: LiveRun, status: LiveRun["status"]): LiveEvent[] {
  const { judged, news } = run.end(status);
  return [...told(run, news), { kind: "ended", run, time: run.lastTime, judged }];
}
