import type { Command } from "commander";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { type FoundRun, findRun } from "../judging/findRun";
import { addJudging, type JudgingOptions } from "../options";
import { jsonText } from "../output/json";
import { runDetails } from "../output/runDetails";
import { runReport } from "../output/runReport";
import { BY_OPTION, type RunSections } from "../output/sections";
import { openJudging } from "../reading";

interface RunOptions extends JudgingOptions, RunSections {}

/** `dunetrace run ID FILE…`: one run from what happened down to its lines. */
export function registerRun(program: Command, io: Io): void {
  const command = program
    .command("run")
    .description("Show one run: what happened, why and what to do, its timeline and its steps.")
    .argument("<id>", "the run_id, or as much of its start as makes it unique")
    .argument("<files...>", "files of lines, .gz too; - is stdin")
    .option("--fixes", "the code of the fixes")
    .option("--facts", "every detector: fired, clear or no data, and what it looked at")
    .option("--steps", "all steps of a long run")
    .option("--lines", "the event log");
  addJudging(command).action(async (id: string, files: string[], options: RunOptions) => {
    if (id === "") throw new UsageError("The id of the run is empty; `dunetrace runs FILE` lists the runs");
    const reading = await openJudging(files, options, io);
    let found: FoundRun;
    try {
      found = await findRun(id, reading.runs({ run_id: id }), () => reading.log.runIds);
    } catch (error) {
      // The run may be in what could not be read.
      throw reading.log.failure ?? error;
    } finally {
      await reading.log.summarise();
    }
    if (options.format === "table") {
      await io.stdout.write(`${runReport(found, options, { ...reading, ask: BY_OPTION }).join("\n")}\n`);
    } else {
      await io.stdout.write(`${jsonText(runDetails(found, options), options.format === "json" ? 2 : 0)}\n`);
    }
    if (reading.log.failure !== undefined) throw reading.log.failure;
  });
}
