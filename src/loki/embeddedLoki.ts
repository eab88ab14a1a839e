import type { InstantQuery, LabelQuery, LogEntry, LogQuery, LokiApi, RangeQuery, Sample, Series } from "../logql/api";
import { failureOf, refusalOf } from "../logql/client/failures";
import { Engine, type InstantResult, type Limits, matchersOf, QueryError } from "./engine";
import { messageOf, type Store } from "./storage";

const PLACE = "the embedded store";

/** The store as the product asks any Loki, without a connection in between: same answers, same limits, same errors. */
export class EmbeddedLoki implements LokiApi {
  readonly #store: Store;
  readonly #engine: Engine;

  /** @param limits instead of Loki's defaults */
  constructor(store: Store, limits: Partial<Limits> = {}) {
    this.#store = store;
    this.#engine = new Engine(store, { limits });
  }

  logs({ query, ...range }: LogQuery, signal?: AbortSignal): Promise<readonly LogEntry[]> {
    return ask(query, signal, () =>
      this.#engine
        .logs(query, range)
        .lines.map(({ ts, line, stream, parsed }): LogEntry => ({ ts, line, labels: stream, parsed })),
    );
  }

  instant({ query, time }: InstantQuery, signal?: AbortSignal): Promise<readonly Sample[]> {
    return ask(query, signal, () => samplesOf(this.#engine.instant(query, { time })));
  }

  range({ query, ...steps }: RangeQuery, signal?: AbortSignal): Promise<readonly Series[]> {
    return ask(query, signal, () =>
      this.#engine.range(query, steps).series.map(
        ({ labels, points }): Series => ({
          metric: labels,
          points: points.map(({ timeMs, value }) => ({ time: timeMs / 1000, value })),
        }),
      ),
    );
  }

  labelValues(label: string, { query, start, end }: LabelQuery, signal?: AbortSignal): Promise<readonly string[]> {
    return ask(query ?? label, signal, () => {
      const matchers = query === undefined ? [] : matchersOf(query);
      const values = this.#store.labels(matchers, { start, end }).flatMap((labels) => labels[label] ?? []);
      return [...new Set(values)].sort();
    });
  }
}

function samplesOf(answer: InstantResult): Sample[] {
  const time = answer.timeMs / 1000;
  if (answer.kind === "scalar") return [{ metric: {}, time, value: answer.value }];
  return answer.samples.map(({ labels, value }) => ({ metric: labels, time, value }));
}

/** Every failure becomes a LokiError, as from a Loki over HTTP. */
async function ask<T>(query: string, signal: AbortSignal | undefined, answer: () => T): Promise<T> {
  const asked = { url: PLACE, query };
  if (signal?.aborted === true) throw failureOf("aborted", "The question was given up", asked);
  try {
    return answer();
  } catch (error) {
    if (error instanceof QueryError) throw refusalOf(error.status, error.text, asked);
    throw failureOf("unavailable", `The store failed (${messageOf(error)})`, asked, error);
  }
}
