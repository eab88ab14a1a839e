import type { Prices } from "../../core/prices/prices";
import { type Run, rebuildRun } from "../../core/run";
import { RunAssembler, type RunLines } from "../../core/run/assembler";
import type { Io } from "../io";
import { lineReader, type TakeLine } from "./lineReader";
import { bytesOf, displayName, type InputFile } from "./open";
import { Progress } from "./progress";
import { readable } from "./readable";
import type { ReadLog } from "./readLog";
import type { RunFilter, RunSource } from "./source";
import { LineSplitter } from "./splitter";

export interface FileSourceOptions {
  readonly prices: Prices;
  /** Lines of finished runs that may wait in memory. */
  readonly budget?: number | undefined;
}

/**
 * Runs from files and stdin, read once from front to back: at most `budget` lines of finished runs and the lines of
 * unfinished ones are in memory.
 */
export class FileSource implements RunSource {
  readonly #files: readonly InputFile[];
  readonly #io: Io;
  readonly #log: ReadLog;
  readonly #options: FileSourceOptions;

  constructor(files: readonly InputFile[], io: Io, log: ReadLog, options: FileSourceOptions) {
    this.#files = files;
    this.#io = io;
    this.#log = log;
    this.#options = options;
  }

  /**
   * What comes before the place where an input breaks off is read, and the log told of the failure.
   *
   * @throws UsageError when nothing of an input can be read
   */
  async *runs(filter: RunFilter = {}): AsyncGenerator<Run> {
    const assembler = new RunAssembler({ budget: this.#options.budget });
    const progress = new Progress(this.#io);
    for (const file of this.#files) {
      const name = displayName(file);
      const take: TakeLine = (line) => (assembler.add(line) === "late" ? "late" : undefined);
      const splitter = new LineSplitter(lineReader(name, this.#log, take));
      let read = 0;
      const bytes = bytesOf(file, this.#io, (count) => {
        read = count;
      });
      for await (const chunk of readable(bytes, this.#log)) {
        splitter.push(chunk);
        await this.#report(progress, name, read, file.size);
        yield* this.#rebuild(assembler.takeFinished(), filter);
      }
      splitter.end();
      this.#log.finished(name);
    }
    await progress.clear();
    await this.#log.flush();
    yield* this.#rebuild(assembler.takeRest(), filter);
  }

  async #report(progress: Progress, name: string, bytes: number, size: number | undefined): Promise<void> {
    if (this.#log.hasNews) await progress.clear();
    await this.#log.flush();
    await progress.update(name, bytes, size);
  }

  *#rebuild(groups: readonly RunLines[], filter: RunFilter): Generator<Run> {
    for (const group of groups) {
      const agent = group.lines[0]?.agent_id ?? "";
      this.#log.sawAgent(agent);
      if (filter.run_id !== undefined) this.#log.runIds.add(group.run_id);
      if (filter.agent_id !== undefined && filter.agent_id !== agent) continue;
      if (filter.run_id !== undefined && !isWanted(group, filter.run_id)) continue;
      const run = rebuildRun(group.lines, { prices: this.#options.prices });
      this.#log.runs += 1;
      if (run.raw_content) this.#log.rawLines += run.lines.filter((line) => line.raw === true).length;
      yield run;
    }
  }
}

/** The run itself, or one that names it as its parent. */
function isWanted(group: RunLines, prefix: string): boolean {
  return group.run_id.startsWith(prefix) || group.lines.some((line) => line.parent_run_id?.startsWith(prefix) === true);
}
