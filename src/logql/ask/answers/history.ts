import type { Baselines } from "../../../core/baselines";
import type { DetectorConfig } from "../../../core/detectors";
import type { FailureType } from "../../../core/wire";
import type { LogqlText, Sample } from "../../api";
import { aggregate, countOverTime, type RunFilter } from "../../builders";
import { factsQueries, firingQueries, judgedCount, whatIfQueries } from "../../detectors";
import { collectLogs, type RunSummary } from "../../readers";
import { inTurns } from "../../readers/inTurns";
import { isEnd, lineOf, summarise } from "../../readers/runSummary";
import { type AskContext, spanOf } from "../context";
import type { TimeSpan } from "../questions";
import { baselinesOf } from "../verdicts/baselines";
import { Sums, sumOf } from "./sums";

/** Further queries of one detector: there are several only where very many agents have settings of their own. */
const AT_ONCE = 2;

/** The finished runs of a time, judged by Loki: what fires under which thresholds. */
export class History {
  readonly #context: AskContext;
  readonly #filter: RunFilter;
  readonly #baselines: Baselines;
  readonly #signal: AbortSignal | undefined;
  readonly #sums: Sums;

  private constructor(
    context: AskContext,
    range: TimeSpan,
    filter: RunFilter,
    baselines: Baselines,
    signal: AbortSignal | undefined,
  ) {
    this.#context = context;
    this.#filter = filter;
    this.#baselines = baselines;
    this.#signal = signal;
    this.#sums = new Sums(context, range, filter, signal);
  }

  static async open(
    context: AskContext,
    range: TimeSpan,
    filter: RunFilter,
    signal: AbortSignal | undefined,
  ): Promise<History> {
    const baselines = await baselinesOf(context, { ...spanOf(range), agents: filter.agents, signal });
    return new History(context, range, filter, baselines, signal);
  }

  /** How many runs have facts. */
  async judged(): Promise<number> {
    const { windowMs } = this.#sums;
    const { scope } = this.#context.settings;
    return sumOf(await this.#perAgent((filter) => [judgedCount({ scope, filter, windowMs })]));
  }

  /** How many fire, by agent; undefined where the detector can fire on none. */
  async fired(type: FailureType, config: DetectorConfig): Promise<ReadonlyMap<string, number> | undefined> {
    const { windowMs } = this.#sums;
    const judging = { ...this.#judging(config), windowMs };
    if (whatIfQueries(type, judging).length === 0) return undefined;
    const samples = await this.#perAgent((filter) =>
      whatIfQueries(type, { ...judging, filter }).map(({ query }) => query),
    );
    const counts = new Map<string, number>();
    for (const { metric, value } of samples) {
      const { agent_id = "" } = metric;
      counts.set(agent_id, (counts.get(agent_id) ?? 0) + value);
    }
    return counts;
  }

  /** How many cannot be judged by the detector for want of what it needs. */
  async withoutData(type: FailureType, config: DetectorConfig): Promise<number> {
    const { windowMs } = this.#sums;
    const queries = factsQueries(type, this.#judging(config)).no_data.filter(({ computesLabels }) => !computesLabels);
    const samples = await inTurns(queries, AT_ONCE, ({ query }) =>
      this.#sums.ask(aggregate("sum", countOverTime(query, { windowMs }))),
    );
    return sumOf(samples.flat());
  }

  /** Runs that fire, newest first. */
  async runs(type: FailureType, config: DetectorConfig, most: number): Promise<readonly RunSummary[]> {
    if (most <= 0) return [];
    const { start, end } = this.#sums;
    const pages = { start, end, direction: "backward", pageLines: most, signal: this.#signal } as const;
    const found = await inTurns(firingQueries(type, this.#judging(config)), AT_ONCE, ({ query }) =>
      collectLogs(this.#context.api, { ...pages, query }, most),
    );
    const runs = found.flatMap(({ entries }) =>
      entries.flatMap((read) => {
        const line = lineOf(read);
        if (line === undefined || !isEnd(line)) return [];
        return summarise({ end: { line, ts: read.entry.ts } }, "running") ?? [];
      }),
    );
    return runs.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1)).slice(0, most);
  }

  /** The queries behind `runs`, one a line. */
  logql(type: FailureType, config: DetectorConfig): string {
    return firingQueries(type, this.#judging(config))
      .map(({ query }) => query)
      .join("\n");
  }

  #judging(config: DetectorConfig) {
    return { scope: this.#context.settings.scope, filter: this.#filter, config, baselines: this.#baselines };
  }

  #perAgent(queriesOf: (filter: RunFilter) => readonly LogqlText[]): Promise<readonly Sample[]> {
    return this.#sums.perAgent(async (agents) => {
      const queries = queriesOf({ ...this.#filter, agents });
      return (await inTurns(queries, AT_ONCE, (query) => this.#sums.ask(query))).flat();
    });
  }
}
