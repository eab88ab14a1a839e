import type { Line, UnknownLine } from "../../core/wire";
import type { KnownRun } from "../../logql/readers";
import { type OpenedStore, openStore, type PushStream } from "../../loki";
import type { Entry } from "../../loki/entries";
import type { TakeLine } from "../input/lineReader";

/** So many lines are stored at once. */
const BATCH = 1000;

/** Lines of files in an embedded store of one command's own: what reads a Loki reads files too. */
export class PrivateStore {
  readonly store: OpenedStore;
  /** Every run that any line names, with the time of its first and last line as it was read. */
  readonly runs = new Map<string, { agent_id: string; started_at: number; ended_at: number }>();
  /** Lines with raw content, by run, and the runs that said they capture it. */
  readonly #raw = new Map<string, number>();
  readonly #full = new Set<string>();
  /** Of all lines, µs. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  #batch = new Map<string, PushStream & { readonly entries: Entry[] }>();
  #waiting = 0;

  constructor(clock: () => number) {
    this.store = openStore({
      anyTime: true,
      retentionMs: Number.POSITIVE_INFINITY,
      maxBytes: Number.POSITIVE_INFINITY,
      clock,
    });
  }

  readonly take: TakeLine = (line, text) => {
    const ts = line.written ?? line.time;
    this.first = Math.min(this.first, ts);
    this.last = Math.max(this.last, ts);
    this.#note(line, ts);
    const { agent_id, event_type } = line;
    const key = `${event_type} ${agent_id}`;
    let stream = this.#batch.get(key);
    if (stream === undefined) {
      stream = { labels: { agent_id, event_type }, entries: [] };
      this.#batch.set(key, stream);
    }
    stream.entries.push({ ts: BigInt(ts) * 1000n, line: text });
    if (++this.#waiting >= BATCH) this.flush();
    return undefined;
  };

  flush(): void {
    if (this.#waiting === 0) return;
    this.store.push([...this.#batch.values()]);
    this.#batch.clear();
    this.#waiting = 0;
  }

  /** Lines that carry raw content although their run did not say that it captures it. */
  get rawLines(): number {
    return [...this.#raw].reduce((sum, [run_id, lines]) => (this.#full.has(run_id) ? sum : sum + lines), 0);
  }

  /** Runs that no list shows, because neither their start nor their end is there. */
  unlisted(listed: ReadonlySet<string>): KnownRun[] {
    return [...this.runs].filter(([run_id]) => !listed.has(run_id)).map(([run_id, known]) => ({ run_id, ...known }));
  }

  #note(line: Line | UnknownLine, ts: number): void {
    const { run_id, agent_id } = line;
    if (line.raw === true) this.#raw.set(run_id, (this.#raw.get(run_id) ?? 0) + 1);
    if (run_id === "") return;
    if (!("unknown" in line) && line.event_type === "run.started" && line.payload.capture === "full") {
      this.#full.add(run_id);
    }
    const known = this.runs.get(run_id);
    if (known === undefined) {
      this.runs.set(run_id, { agent_id, started_at: ts, ended_at: ts });
      return;
    }
    known.started_at = Math.min(known.started_at, ts);
    known.ended_at = Math.max(known.ended_at, ts);
  }
}
