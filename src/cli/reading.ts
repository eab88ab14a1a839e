import { type JudgedRun, Judging } from "../core/judging";
import { LazyPrices } from "../sdk/prices";
import { loadBaselines } from "./config/baselines";
import { loadDetectors } from "./config/detectors";
import { suggestion, UsageError } from "./errors";
import { FileSource } from "./input/fileSource";
import { findInputs, STDIN } from "./input/open";
import { ReadLog } from "./input/readLog";
import type { RunFilter, RunSource } from "./input/source";
import type { Io } from "./io";
import type { JudgingOptions, ReadingOptions } from "./options";
import { sanitise } from "./output/sanitise";
import { type Style, styleOf } from "./output/style";
import { layoutWidth } from "./output/table";

/** What a command that reads runs works with. */
export interface Reading {
  readonly source: RunSource;
  readonly log: ReadLog;
  readonly style: Style;
  /** Cells of a line. */
  readonly columns: number;
}

/** The same for a command that judges them. */
export interface JudgedReading extends Reading {
  /** Runs of the wanted agent with their verdicts. */
  runs(filter?: RunFilter): AsyncIterable<JudgedRun>;
}

/** @throws UsageError when a named file cannot be read */
export async function openReading(files: readonly string[], options: ReadingOptions, io: Io): Promise<Reading> {
  const inputs = await findInputs(files, io);
  const log = new ReadLog(io.stderr);
  return {
    source: new FileSource(inputs, io, log, { prices: new LazyPrices() }),
    log,
    style: styleOf(io.stdout, io.env, options.color),
    columns: layoutWidth(io.stdout),
  };
}

/** @throws UsageError when a named file cannot be read or the thresholds or baselines are not valid */
export async function openJudging(files: readonly string[], options: JudgingOptions, io: Io): Promise<JudgedReading> {
  const config = await loadDetectors(options.detectors, io);
  const reading = await openReading(files, options, io);
  const open = async (): Promise<Judging> => {
    const baselines = await loadBaselines(options.baselines, io);
    return new Judging({ config, baselines, recorded: options.recorded === true });
  };
  // Whoever writes into the pipe may write the baselines too, and does so before its first line, but not before we start.
  const early = files.includes(STDIN) ? undefined : await open();
  return {
    ...reading,
    async *runs(filter = {}) {
      let judging = early;
      for await (const run of reading.source.runs({ agent_id: options.agent, ...filter })) {
        judging ??= await open();
        yield judging.judge(run);
      }
      if (judging === undefined) await open();
    },
  };
}

/**
 * Ends a read, after what was read is shown: says on stderr what was skipped.
 *
 * @throws UsageError when an input could not be read to its end, or runs of an agent were wanted and there are none
 */
export async function finishReading(reading: Reading, options: ReadingOptions): Promise<void> {
  await reading.log.summarise();
  if (reading.log.failure !== undefined) throw reading.log.failure;
  if (options.agent === undefined || reading.log.agents.has(options.agent)) return;
  throw unknownAgent(options.agent, [...reading.log.agents]);
}

export function unknownAgent(agent: string, known: readonly string[]): UsageError {
  return new UsageError(`No run of agent ${sanitise(agent)}${suggestion(agent, known.map(sanitise))}`);
}
