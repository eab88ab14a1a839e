import type { Command } from "commander";
import { compare } from "../../core/words";
import type { Io } from "../io";
import { Listing, type ListingOptions } from "../listing";
import { addLoki } from "../loki/options";
import { addJudging, wholeNumber } from "../options";
import { jsonText } from "../output/json";
import { type RunRecord, runRecord } from "../output/runRecord";
import { type RunRow, runRow, runsTable } from "../output/runsTable";

interface RunsOptions extends ListingOptions {
  readonly limit?: number;
}

/** `dunetrace runs [FILE…]`: one row, object or line per run. */
export function registerRuns(program: Command, io: Io): void {
  const command = program
    .command("runs")
    .description("List the runs in files or a Loki: status, duration, steps, tokens, cost and the worst signal.")
    .argument("[files...]", "files of lines, .gz too; - is stdin")
    .option("--limit <n>", "only the newest n runs", wholeNumber(1));
  addLoki(addJudging(command)).action(async (files: string[], options: RunsOptions) => {
    const listing = await Listing.open(files, options, io);
    try {
      if (options.format === "table") await printTable(listing, options, io);
      else await printRecords(listing, options, io);
      await listing.finish();
    } finally {
      await listing.close();
    }
  });
}

async function printTable(listing: Listing, options: RunsOptions, io: Io): Promise<void> {
  const rows = await newestFirst(listing.listed(), runRow);
  const lines =
    rows.length === 0 ? [listing.nothing("No runs")] : runsTable<RunRow>(rows.slice(0, options.limit), rows, listing);
  await io.stdout.write(`${lines.join("\n")}\n`);
}

/** Lines come page by page, so that little has to be kept; a list or a limit needs all of them in order. */
async function printRecords(listing: Listing, options: RunsOptions, io: Io): Promise<void> {
  if (options.format === "ndjson" && options.limit === undefined) {
    for await (const judged of listing.whole()) await io.stdout.write(`${jsonText(runRecord(judged))}\n`);
    return;
  }
  const records = await newestFirst(listing.whole(), runRecord);
  const wanted = records.slice(0, options.limit);
  if (options.format === "json") await io.stdout.write(`${jsonText(wanted, 2)}\n`);
  else for (const record of wanted) await io.stdout.write(`${jsonText(record satisfies RunRecord)}\n`);
}

/** Of runs that started at the same moment the one with the lower id comes first, wherever their lines stand. */
async function newestFirst<J, T extends { readonly run_id: string; readonly started_at: string | number }>(
  runs: AsyncIterable<J>,
  keep: (judged: J) => T,
): Promise<T[]> {
  const kept: T[] = [];
  for await (const judged of runs) kept.push(keep(judged));
  return kept.sort((a, b) => compare(b.started_at, a.started_at) || compare(a.run_id, b.run_id));
}
