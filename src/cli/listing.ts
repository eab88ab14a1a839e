import { hasEvents, type Judged, type JudgedRun, Judging, type ListedRun } from "../core/judging";
import type { Run } from "../core/run";
import { listedRuns, readRunAnywhere, readWholeRuns } from "../logql/readers";
import { loadBaselines } from "./config/baselines";
import { loadDetectors } from "./config/detectors";
import { UsageError } from "./errors";
import { STDIN } from "./input/open";
import { ReadLog } from "./input/readLog";
import type { Io } from "./io";
import { type FoundRun, findRun } from "./judging/findRun";
import type { LokiOptions } from "./loki/options";
import { type LokiSource, openSource } from "./loki/source";
import type { JudgingOptions } from "./options";
import { type Style, styleOf } from "./output/style";
import { layoutWidth } from "./output/table";
import { unknownAgent } from "./reading";

/** Options of commands that list runs of files or of a Loki. */
export interface ListingOptions extends JudgingOptions, LokiOptions {}

/**
 * The runs of a Loki, or of files through an embedded store, with their verdicts. Lists read terminal lines alone where
 * those state the facts; the events of a run are read when they are asked for.
 */
export class Listing {
  readonly log: ReadLog;
  readonly style: Style;
  /** Cells of a line. */
  readonly columns: number;
  readonly #source: LokiSource;
  readonly #judging: Judging;
  readonly #agent: string | undefined;

  private constructor(source: LokiSource, judging: Judging, log: ReadLog, options: ListingOptions, io: Io) {
    this.#source = source;
    this.#judging = judging;
    this.#agent = options.agent;
    this.log = log;
    this.style = styleOf(io.stdout, io.env, options.color);
    this.columns = layoutWidth(io.stdout);
  }

  /**
   * @throws UsageError when there is nothing to read, a file cannot be read, or thresholds or baselines are not valid
   * @throws LokiError when the Loki does not answer
   */
  static async open(files: readonly string[], options: ListingOptions, io: Io): Promise<Listing> {
    const config = await loadDetectors(options.detectors, io);
    // Whoever writes into the pipe may write the baselines too, and does so before its first line, but not before we start.
    const early = files.includes(STDIN) ? undefined : await loadBaselines(options.baselines, io);
    const log = new ReadLog(io.stderr);
    const source = await openSource(files, options, log, io);
    try {
      const baselines = early ?? (await loadBaselines(options.baselines, io));
      const judging = new Judging({ config, baselines, recorded: options.recorded === true });
      return new Listing(source, judging, log, options, io);
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  /** What to say where there is nothing, such as `No runs`. */
  nothing(what: string): string {
    const { searched } = this.#source;
    return searched === undefined ? `${what}.` : `${what} ${searched}.`;
  }

  /** All runs of the wanted agent, newest first: from terminal lines alone where those tell enough. */
  async *listed(): AsyncGenerator<Judged<ListedRun>> {
    for await (const page of this.#pages()) yield* page.map((run) => this.#judging.judge(run));
  }

  /** Those of the runs that are wanted, with all their events. */
  async *whole(wanted: (judged: Judged<ListedRun>) => boolean = () => true): AsyncGenerator<JudgedRun> {
    for await (const page of this.#pages()) {
      const chosen = page.filter((run) => wanted(this.#judging.judge(run)));
      yield* (await this.#withEvents(chosen)).map((run) => this.#judging.judge(run));
    }
  }

  /**
   * The run whose id starts with `id`, and the runs nested in it.
   *
   * @throws UsageError when no run or more than one matches
   */
  async find(id: string): Promise<FoundRun> {
    const ids: string[] = [];
    const candidates = this.#candidates(id);
    try {
      return await findRun(id, candidates, () => ids);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // For the message: which runs there are instead.
      for await (const { run } of this.listed()) ids.push(run.run_id);
      return this.#findAgain(id, ids.sort());
    }
  }

  async #findAgain(id: string, ids: readonly string[]): Promise<FoundRun> {
    try {
      return await findRun(id, this.#candidates(id), () => ids);
    } catch (error) {
      const { searched } = this.#source;
      if (!(error instanceof UsageError) || searched === undefined) throw error;
      throw new UsageError(`${error.message}. Looked ${searched}`);
    }
  }

  async *#candidates(id: string): AsyncGenerator<JudgedRun> {
    let found = false;
    for await (const page of this.#pages(id)) {
      const chosen = page.filter((run) => run.run_id.startsWith(id) || run.parent_run_id?.startsWith(id) === true);
      for (const run of await this.#withEvents(chosen)) {
        found ||= run.run_id === id;
        yield this.#judging.judge(run);
      }
    }
    // A run without start and end is in no list; by its whole id it is found all the same.
    const run = found ? undefined : await readRunAnywhere(id, this.#source);
    if (run !== undefined && (this.#agent === undefined || run.agent_id === this.#agent))
      yield this.#judging.judge(run);
  }

  async #withEvents(runs: readonly ListedRun[]): Promise<readonly Run[]> {
    const read = await readWholeRuns(
      runs.filter((run) => !hasEvents(run)),
      this.#source,
    );
    return runs.flatMap((run) => (hasEvents(run) ? run : (read.get(run.run_id) ?? [])));
  }

  async *#pages(text?: string): AsyncGenerator<readonly ListedRun[]> {
    const listed = new Set<string>();
    const request = { ...this.#source, agent_id: this.#agent, text };
    for await (const page of listedRuns(request)) {
      for (const { run_id } of page) listed.add(run_id);
      this.log.runs += page.length;
      yield page;
    }
    if (text !== undefined) return;
    const rest = this.#source.unlisted(listed).filter(({ agent_id }) => agent_id === (this.#agent ?? agent_id));
    const runs = await readWholeRuns(rest, this.#source);
    this.log.runs += runs.size;
    yield [...runs.values()];
  }

  /**
   * Ends a read, after what was read is shown: says on stderr what was skipped.
   *
   * @throws UsageError when an input could not be read to its end, or runs of an agent were wanted and there are none
   */
  async finish(): Promise<void> {
    await this.log.summarise();
    if (this.log.failure !== undefined) throw this.log.failure;
    const agent = this.#agent;
    if (agent === undefined) return;
    const { api, start, end } = this.#source;
    const agents = await api.labelValues("agent_id", { start, end });
    if (!agents.includes(agent)) throw unknownAgent(agent, agents);
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
