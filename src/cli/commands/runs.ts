import type { Command } from "commander";
import type { Io } from "../io";
import type { JudgedRun } from "../judging/judging";
import { addJudging, type JudgingOptions, wholeNumber } from "../options";
import { jsonText } from "../output/json";
import { type RunRecord, runRecord } from "../output/runRecord";
import { type RunRow, runRow, runsTable } from "../output/runsTable";
import { finishReading, type JudgedReading, openJudging } from "../reading";

interface RunsOptions extends JudgingOptions {
  readonly limit?: number;
}

/** `dunetrace runs FILE…`: one row, object or line per run. */
export function registerRuns(program: Command, io: Io): void {
  const command = program
    .command("runs")
    .description("List the runs in files: status, duration, steps, tokens, cost and the worst signal.")
    .argument("<files...>", "files of lines, .gz too; - is stdin")
    .option("--limit <n>", "only the newest n runs", wholeNumber(1));
  addJudging(command).action(async (files: string[], options: RunsOptions) => {
    const reading = await openJudging(files, options, io);
    if (options.format === "table") await printTable(reading, options, io);
    else await printRecords(reading, options, io);
    await finishReading(reading, options);
  });
}

async function printTable(reading: JudgedReading, options: RunsOptions, io: Io): Promise<void> {
  const rows = await newestFirst(reading.runs(), runRow, (row) => row.started_at);
  const lines = runsTable<RunRow>(rows.slice(0, options.limit), rows, reading);
  await io.stdout.write(`${lines.join("\n")}\n`);
}

/** Lines come as the runs end, so that nothing has to be kept; a list or a limit needs all of them in order. */
async function printRecords(reading: JudgedReading, options: RunsOptions, io: Io): Promise<void> {
  if (options.format === "ndjson" && options.limit === undefined) {
    for await (const judged of reading.runs()) await io.stdout.write(`${jsonText(runRecord(judged))}\n`);
    return;
  }
  const records = await newestFirst(reading.runs(), runRecord, (record) => record.started_at);
  const wanted = records.slice(0, options.limit);
  if (options.format === "json") await io.stdout.write(`${jsonText(wanted, 2)}\n`);
  else for (const record of wanted) await io.stdout.write(`${jsonText(record satisfies RunRecord)}\n`);
}

async function newestFirst<T>(
  runs: AsyncIterable<JudgedRun>,
  keep: (judged: JudgedRun) => T,
  start: (kept: T) => string | number,
): Promise<T[]> {
  const kept: T[] = [];
  for await (const judged of runs) kept.push(keep(judged));
  return kept.sort((a, b) => compare(start(b), start(a)));
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
