import type { LogqlText, Nanos, Sample, Series } from "../../api";
import { countOfFact, endedRuns, type FactSummary, factOverTime, type RunFilter, type RunGroup } from "../../builders";
import { msToNanos } from "../../readers";
import { bySplitting } from "../../readers/splitByAgents";
import { type AskContext, spanOf } from "../context";
import type { TimeSpan } from "../questions";

export type SummedFact = "cost_usd" | "duration_ms";

/** Metric queries over the whole time of a question. */
export class Sums {
  readonly #context: AskContext;
  readonly #filter: RunFilter;
  readonly #signal: AbortSignal | undefined;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly windowMs: number;
  /** Asks what has series per agent, as the agents of the filter or groups of them. */
  readonly perAgent: ReturnType<typeof bySplitting>;

  constructor(context: AskContext, range: TimeSpan, filter: RunFilter, signal: AbortSignal | undefined) {
    const { start, end } = spanOf(range);
    this.#context = context;
    this.#filter = filter;
    this.#signal = signal;
    this.start = start;
    this.end = end;
    this.windowMs = Math.max(1, Number((end - start) / 1_000_000n));
    const { scope } = context.settings;
    this.perAgent = bySplitting(context.api, { start, end, scope, agents: filter.agents, signal });
  }

  ask(query: LogqlText): Promise<readonly Sample[]> {
    // The window of a metric query holds its end, that of a log query does not.
    return this.#context.api.instant({ query, time: this.end - 1n }, this.#signal);
  }

  /** A fact over the ended runs. */
  fact(fact: SummedFact, summary: FactSummary, by: readonly RunGroup[]): Promise<readonly Sample[]> {
    return this.#grouped(by, (filter) =>
      factOverTime(this.#context.settings.scope, filter, { fact, summary, by, windowMs: this.windowMs }),
    );
  }

  /** How many ended runs state it. */
  having(fact: SummedFact, by: readonly RunGroup[]): Promise<readonly Sample[]> {
    return this.#grouped(by, (filter) =>
      countOfFact(this.#context.settings.scope, filter, { fact, by, windowMs: this.windowMs }),
    );
  }

  /** How many runs ended. */
  async ended(): Promise<number> {
    const { scope } = this.#context.settings;
    return sumOf(await this.ask(endedRuns(scope, this.#filter, { by: [], windowMs: this.windowMs })));
  }

  /** The average of a fact over the runs of each whole step of the clock; steps without runs are left out. */
  async averages(fact: SummedFact, stepMs: number): Promise<Series["points"]> {
    const { scope } = this.#context.settings;
    const query = factOverTime(scope, this.#filter, { fact, summary: "avg", by: [], windowMs: stepMs });
    const step = msToNanos(stepMs);
    // Points at round times stay where they are while the range moves on.
    const time = { start: (this.start / step + 1n) * step, end: ((this.end - 1n) / step + 1n) * step, stepMs };
    const [series] = await this.#context.api.range({ query, ...time }, this.#signal);
    return series?.points ?? [];
  }

  #grouped(by: readonly RunGroup[], query: (filter: RunFilter) => LogqlText): Promise<readonly Sample[]> {
    if (!by.includes("agent")) return this.ask(query(this.#filter));
    return this.perAgent((agents) => this.ask(query({ ...this.#filter, agents })));
  }
}

/** All values of an answer together. */
export function sumOf(samples: readonly Pick<Sample, "value">[]): number {
  return samples.reduce((all, { value }) => all + value, 0);
}

/** Values by the label that tells them apart; lines without it have "". */
export function valuesBy(samples: readonly Sample[], label: string): ReadonlyMap<string, number> {
  return new Map(samples.map(({ metric, value }) => [metric[label] ?? "", value]));
}
