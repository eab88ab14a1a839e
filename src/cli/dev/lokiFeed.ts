import type { Line, UnknownLine } from "../../core/wire";
import type { LokiApi, Nanos } from "../../logql/api";
import { runLines } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import { pageLogs, tail } from "../../logql/readers";
import { lineReader } from "../input/lineReader";
import type { ReadLog } from "../input/readLog";
import type { LineHandler } from "../input/splitter";
import type { Io } from "../io";
import type { ConnectedLoki } from "../loki/connect";
import type { InputHooks, Inputs } from "./inputs";
import { pauseOf } from "./pause";
import type { Watch } from "./watch";

export interface LokiFeedOptions {
  readonly loki: ConnectedLoki;
  /** Only lines of this agent. */
  readonly agent: string | undefined;
  /** How far back to begin, ms. */
  readonly sinceMs: number;
  readonly watch: Watch;
  readonly log: ReadLog;
  readonly io: Io;
}

const NANOS_PER_MS = 1_000_000n;
const POLL_MS = 1000;
/** How late a line may come in and still be seen: shippers wait and try again. */
const OVERLAP_MS = 60_000;
/** Until a Loki is asked again that did not want to answer. */
const AGAIN_MS = 5000;
/** How far back the beginning of a run is looked for, step by step: a quarter of an hour, one, four and 24 hours. */
const REACHES_MS = [900_000, 3_600_000, 14_400_000, 86_400_000];

/** Lines of a Loki as they come in. A Loki that is away is waited for. */
export class LokiFeed implements Inputs {
  readonly isEndless = true;
  readonly missing = [];
  readonly #options: LokiFeedOptions;
  readonly #hooks: InputHooks;
  readonly #api: LokiApi;
  readonly #abort = new AbortController();
  readonly #reader: LineHandler;
  readonly #sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  #lines = 0;
  #from: Nanos;
  #hasAnswered = false;
  #problem: string | undefined;

  constructor(options: LokiFeedOptions, hooks: InputHooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.#api = this.#noticing(options.loki.api);
    this.#reader = lineReader("loki", options.log, hooks.take);
    this.#sleep = pauseOf(options.io);
    this.#from = this.#now() - BigInt(options.sinceMs) * NANOS_PER_MS;
  }

  /** @throws LokiError when the Loki refuses the first question: asking again would not help */
  async readToEnd(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        await this.#tail(signal);
      } catch (error) {
        if (!(error instanceof LokiError) || !this.#hasAnswered) throw error;
        this.#failed(error);
        await this.#sleep(AGAIN_MS, signal);
      }
    }
  }

  async #tail(signal: AbortSignal): Promise<void> {
    const { loki, agent } = this.#options;
    const lines = tail(this.#api, {
      scope: loki.scope,
      filter: agent === undefined ? {} : { agents: [agent] },
      from: this.#from,
      now: () => this.#now(),
      sleep: this.#sleep,
      pollMs: POLL_MS,
      overlapMs: OVERLAP_MS,
      onError: (error) => this.#failed(error),
      signal,
    });
    for await (const entries of lines) {
      for (const { entry, parsed } of entries) {
        if (parsed.ok) await this.#bringBeginning(parsed.line, entry.ts);
        this.#reader.line(entry.line, ++this.#lines);
      }
      const last = entries.at(-1)?.entry.ts ?? 0n;
      const overlap = last - BigInt(OVERLAP_MS) * NANOS_PER_MS;
      if (overlap > this.#from) this.#from = overlap;
      await this.#hooks.after();
    }
  }

  /** Of a run that began before this feed did, the lines so far are brought first. */
  async #bringBeginning(line: Line | UnknownLine, ts: Nanos): Promise<void> {
    const { loki, watch, agent } = this.#options;
    const { run_id, agent_id } = line;
    if (run_id === "" || line.event_type === "run.started" || watch.knows(run_id) || agent_id !== (agent ?? agent_id)) {
      return;
    }
    const query = runLines(loki.scope, { run_id, agent_id });
    const found: string[] = [];
    let end = ts;
    try {
      for (const reach of REACHES_MS) {
        const start = ts - BigInt(reach) * NANOS_PER_MS;
        const lines: string[] = [];
        let isWhole = false;
        const { signal } = this.#abort;
        for await (const page of pageLogs(this.#api, { query, start, end, direction: "forward", signal })) {
          for (const { entry, parsed } of page.entries) {
            if (!parsed.ok || parsed.line.run_id !== run_id) continue;
            lines.push(entry.line);
            isWhole ||= parsed.line.event_type === "run.started";
          }
        }
        found.unshift(...lines);
        if (isWhole) break;
        end = start;
      }
    } catch (error) {
      if (!(error instanceof LokiError)) throw error;
      if (error.kind !== "aborted") this.#failed(error);
    }
    for (const text of found) this.#reader.line(text, ++this.#lines);
  }

  async poll(): Promise<void> {
    // `readToEnd` asks by itself.
  }

  stop(): void {
    this.#abort.abort();
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #failed({ message }: LokiError): void {
    if (message === this.#problem) return;
    this.#problem = message;
    this.#hooks.notify({ text: `${message}; trying again` });
  }

  /** The Loki, with a look at whether it answers. */
  #noticing(api: LokiApi): LokiApi {
    return {
      logs: async (query, signal) => {
        const found = await api.logs(query, signal);
        this.#hasAnswered = true;
        if (this.#problem !== undefined) {
          this.#problem = undefined;
          this.#hooks.notify({ text: `${this.#options.loki.url} answers again`, isOver: true });
        }
        return found;
      },
      instant: (query, signal) => api.instant(query, signal),
      range: (query, signal) => api.range(query, signal),
      labelValues: (label, query, signal) => api.labelValues(label, query, signal),
    };
  }

  #now(): Nanos {
    return BigInt(Math.trunc(this.#options.io.now())) * NANOS_PER_MS;
  }
}
