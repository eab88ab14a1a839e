import type { Command } from "commander";
import { UsageError } from "../errors";
import type { Io } from "../io";
import type { FoundRun } from "../judging/findRun";
import { Listing, type ListingOptions } from "../listing";
import { addLoki } from "../loki/options";
import { addJudging } from "../options";
import { jsonText } from "../output/json";
import { runDetails } from "../output/runDetails";
import { runReport } from "../output/runReport";
import { BY_OPTION, type RunSections } from "../output/sections";

interface RunOptions extends ListingOptions, RunSections {}

/** `dunetrace run ID [FILE…]`: one run from what happened down to its lines. */
export function registerRun(program: Command, io: Io): void {
  const command = program
    .command("run")
    .description("Show one run: what happened, why and what to do, its timeline and its steps.")
    .argument("<id>", "the run_id, or as much of its start as makes it unique")
    .argument("[files...]", "files of lines, .gz too; - is stdin")
    .option("--fixes", "the code of the fixes")
    .option("--facts", "every detector: fired, clear or no data, and what it looked at")
    .option("--steps", "all steps of a long run")
    .option("--lines", "the event log");
  addLoki(addJudging(command)).action(async (id: string, files: string[], options: RunOptions) => {
    if (id === "") throw new UsageError("The id of the run is empty; `dunetrace runs` lists the runs");
    const listing = await Listing.open(files, options, io);
    try {
      await show(await findIn(listing, id), listing, options, io);
    } finally {
      await listing.close();
    }
    if (listing.log.failure !== undefined) throw listing.log.failure;
  });
}

async function findIn(listing: Listing, id: string): Promise<FoundRun> {
  try {
    return await listing.find(id);
  } catch (error) {
    // The run may be in what could not be read.
    throw listing.log.failure ?? error;
  } finally {
    await listing.log.summarise();
  }
}

async function show(found: FoundRun, listing: Listing, options: RunOptions, io: Io): Promise<void> {
  const { style, columns } = listing;
  const text =
    options.format === "table"
      ? runReport(found, options, { style, columns, ask: BY_OPTION }).join("\n")
      : jsonText(runDetails(found, options), options.format === "json" ? 2 : 0);
  await io.stdout.write(`${text}\n`);
}
