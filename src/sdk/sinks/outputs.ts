import type { Level } from "../../core/wire";
import { type Flushable, flushOnExit, forgetOnExit } from "./exitHooks";
import type { LineBuffer, Sink } from "./sink";

/** Outputs mind their deadline; one that does not is left behind this much later, ms. */
const GRACE_MS = 50;
/** What an exit may wait for outputs that need the event loop, ms; a connection being made may have held it up before. */
const EXIT_PATIENCE_MS = 1000;

/** What became of lines and requests, by output. */
export interface SinkCounts {
  readonly dropped: Readonly<Record<string, number>>;
  readonly sent?: Readonly<Record<string, number>>;
  readonly retried?: Readonly<Record<string, number>>;
}

/** All outputs of one client as one. Nothing here throws: a sink that breaks its promise is a fault, not the agent's. */
export class Outputs implements Flushable {
  readonly #sinks: readonly Sink[];
  readonly #onFault: (where: string, error: unknown) => void;
  #closing: Promise<void> | undefined;
  #exitDeadline: number | undefined;

  constructor(sinks: readonly Sink[], onFault: (where: string, error: unknown) => void, flushOnSignals: boolean) {
    this.#sinks = sinks;
    this.#onFault = onFault;
    this.buffer = sinks.length === 1 ? sinks[0]?.buffer : undefined;
    if (sinks.length > 0) flushOnExit(this, flushOnSignals);
  }

  /** Where lines can be made directly as bytes: when there is one output and it takes them. */
  readonly buffer: LineBuffer | undefined;

  /** False when nothing is configured: then lines need not even be made. */
  get any(): boolean {
    return this.#sinks.length > 0;
  }

  /** Lines lost so far by output; lines sent and requests that failed, of those that tell. */
  get counts(): SinkCounts {
    const by = (key: "dropped" | "sent" | "retried") =>
      Object.fromEntries(this.#sinks.flatMap((sink) => (sink[key] === undefined ? [] : [[sink.name, sink[key]]])));
    const tells = this.#sinks.some(({ sent }) => sent !== undefined);
    return { dropped: by("dropped"), ...(tells ? { sent: by("sent"), retried: by("retried") } : {}) };
  }

  /** @returns false when an output lost the line */
  write(line: string, level: Level): boolean {
    let taken = true;
    for (const sink of this.#sinks) {
      try {
        if (!sink.write(line, level)) taken = false;
      } catch (error) {
        taken = false;
        this.#onFault(`writing to ${sink.name}`, error);
      }
    }
    return taken;
  }

  flushSync(): void {
    for (const sink of this.#sinks) {
      try {
        sink.flushSync();
      } catch (error) {
        this.#onFault(`flushing ${sink.name}`, error);
      }
    }
  }

  flushAtExit(): void {
    this.flushSync();
    for (const sink of this.#sinks) {
      try {
        sink.abandon?.();
      } catch (error) {
        this.#onFault(`leaving ${sink.name}`, error);
      }
    }
  }

  flushBeforeExit(): Promise<void> | undefined {
    if (!this.#sinks.some(({ waiting }) => waiting)) return undefined;
    // Node asks again each time its event loop runs dry: the patience is for all of them together.
    const now = performance.now();
    this.#exitDeadline ??= now + EXIT_PATIENCE_MS;
    return now < this.#exitDeadline ? this.flush(this.#exitDeadline - now) : undefined;
  }

  /** Resolves when every output has written what it took, or after `timeoutMs`. After `close` it does nothing. */
  async flush(timeoutMs: number): Promise<void> {
    if (this.#closing !== undefined) return;
    const deadline = performance.now() + timeoutMs;
    await this.#each("flushing", timeoutMs, (sink) => sink.flush(deadline));
  }

  /** Flushes and closes every output once; later calls get the same promise. */
  close(timeoutMs: number): Promise<void> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  async #close(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    await this.#each("closing", timeoutMs, (sink) => sink.close(deadline));
    forgetOnExit(this);
  }

  async #each(what: string, timeoutMs: number, act: (sink: Sink) => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs + GRACE_MS);
    });
    const all = this.#sinks.map(async (sink) => {
      try {
        await act(sink);
      } catch (error) {
        this.#onFault(`${what} ${sink.name}`, error);
      }
    });
    await Promise.race([Promise.all(all), timeUp]);
    clearTimeout(timer);
  }
}
