import type { LokiApi } from "../logql/api";
import { EmbeddedLoki } from "./embeddedLoki";
import { Engine } from "./engine";
import { type IntakeCounts, takeLines } from "./lineIntake";
import { type ListenOptions, listen, type Served } from "./server/listen";
import { type PushResult, type PushStream, Store, type StoredListener, type StoreOptions } from "./storage";

export type { IntakeCounts } from "./lineIntake";
export type { ListenOptions, Served } from "./server/listen";
export {
  type PushResult,
  type PushStream,
  STORE_DEFAULTS,
  type StoredLine,
  StoreError,
  type StoreOptions,
} from "./storage";

/** How often a served store looks for hours that are too old, in ms, also when nobody asks. */
const UPKEEP_MS = 60_000;

/** No two lines lie further apart, ns. */
const MAX_LENGTH = 2n ** 63n;

/** A small Loki for the laptop and for tests: lines in memory or in a folder, LogQL over them, and Loki's HTTP API. */
export class OpenedStore {
  readonly #store: Store;
  readonly #options: StoreOptions;
  readonly #served: Served[] = [];

  /** @throws StoreError when the folder cannot be used */
  constructor(options: StoreOptions) {
    this.#options = options;
    this.#store = new Store(options);
  }

  /** Of all files, or of the memory that stands in for them. */
  get bytes(): number {
    return this.#store.bytes;
  }

  /** The time of its lines in whole hours, `start` ≤ ts < `end`; undefined without lines. */
  get span(): { readonly start: bigint; readonly end: bigint } | undefined {
    return this.#store.span;
  }

  /**
   * Stores lines; those that Loki would refuse come back with its words, all others are stored.
   *
   * @throws StoreError of kind `write` or `full`; then nothing of the push is stored
   */
  push(streams: readonly PushStream[]): PushResult {
    return this.#store.push(streams);
  }

  /**
   * Stores lines of log files under the labels `agent_id` and `event_type` with the time of their `ts`, as Promtail would.
   *
   * @param lines with or without their newline
   * @throws StoreError
   */
  pushLines(lines: Iterable<string>): IntakeCounts {
    return takeLines(this.#store, lines);
  }

  /**
   * Calls back with the new lines of each push, in the order of their time, whoever pushes: what Loki's own tail does,
   * for lines of any age.
   *
   * @returns ends it
   * @example
   * const off = store.onStored((lines) => lines.forEach(({ line }) => console.log(line)));
   */
  onStored(listener: StoredListener): () => void {
    return this.#store.onStored(listener);
  }

  /**
   * The store asked in process, with the errors of a Loki over HTTP. A store of lines of any time may be asked for all of
   * it at once.
   */
  api(): LokiApi {
    return new EmbeddedLoki(this.#store, this.#options.anyTime === true ? { max_query_length: MAX_LENGTH } : {});
  }

  /**
   * Answers Loki's HTTP API.
   *
   * @throws Error when the address cannot be listened on
   */
  async serve(options: ListenOptions): Promise<Served> {
    const { clock, report = () => undefined } = this.#options;
    const served = await listen(options, { store: this.#store, engine: new Engine(this.#store), clock, report });
    const timer = setInterval(() => this.#store.upkeep(), UPKEEP_MS);
    timer.unref();
    const close = async (): Promise<void> => {
      clearInterval(timer);
      await served.close();
    };
    this.#served.push({ ...served, close });
    return { ...served, close };
  }

  /** Stops serving, writes what is not indexed yet and gives the folder up. */
  async close(): Promise<void> {
    for (const served of this.#served.splice(0)) await served.close();
    this.#store.close();
  }
}

/**
 * Opens a store.
 *
 * @example
 * const store = openStore({ dir: ".dunetrace", clock: Date.now });
 * const { url } = await store.serve({ port: 3100 });
 * store.pushLines(readFileSync("agents.ndjson", "utf8").split("\n"));
 * await store.close();
 *
 * @throws StoreError when the folder is in use or cannot be used
 */
export function openStore(options: StoreOptions): OpenedStore {
  return new OpenedStore(options);
}
