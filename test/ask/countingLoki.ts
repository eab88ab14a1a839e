import type { InstantQuery, LabelQuery, LogQuery, LokiApi, RangeQuery } from "../../src/logql";

/** A Loki that counts the questions it is asked. */
export class CountingLoki implements LokiApi {
  readonly #api: LokiApi;
  count = 0;
  pending = 0;
  mostPending = 0;
  /** The signals that came along, undefined where a question had none. */
  readonly signals: (AbortSignal | undefined)[] = [];

  constructor(api: LokiApi) {
    this.#api = api;
  }

  logs(query: LogQuery, signal?: AbortSignal) {
    return this.#counted(signal, () => this.#api.logs(query, signal));
  }

  instant(query: InstantQuery, signal?: AbortSignal) {
    return this.#counted(signal, () => this.#api.instant(query, signal));
  }

  range(query: RangeQuery, signal?: AbortSignal) {
    return this.#counted(signal, () => this.#api.range(query, signal));
  }

  labelValues(label: string, query: LabelQuery, signal?: AbortSignal) {
    return this.#counted(signal, () => this.#api.labelValues(label, query, signal));
  }

  async #counted<T>(signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
    this.count++;
    this.signals.push(signal);
    this.mostPending = Math.max(this.mostPending, ++this.pending);
    try {
      return await ask();
    } finally {
      this.pending--;
    }
  }
}
