import type { Command } from "commander";
import { BASELINE_FACTS, type BaselineFile, type BaselineRun, computeBaselines } from "../../core/baselines";
import type { Facts } from "../../core/facts";
import type { Run } from "../../core/run";
import type { Micros } from "../../core/wire";
import { writeText } from "../config/writeFile";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { addReading, amount, pointInTime, type ReadingOptions, wholeNumber } from "../options";
import { baselinesTable } from "../output/baselinesTable";
import { finishReading, openReading } from "../reading";

interface BaselinesOptions extends ReadingOptions {
  readonly out?: string;
  readonly at?: Micros;
  readonly windowDays: number;
  readonly minRuns: number;
}

const DEFAULT_FILE = "baselines.json";

/** `dunetrace baselines FILE…`: writes what runs of each agent usually take. */
export function registerBaselines(program: Command, io: Io): void {
  const command = program
    .command("baselines")
    .description("Write baselines.json: what three of four completed runs of each agent stay below.")
    .argument("<files...>", "files of lines, .gz too; - is stdin")
    .option("--out <file>", `where to write; ${DEFAULT_FILE} by default, - is stdout`)
    .option("--at <time>", "end of the window, RFC 3339; the newest line by default", pointInTime)
    .option("--window-days <n>", "how many days before it count", amount("days"), 7)
    .option("--min-runs <n>", "runs it takes for a baseline", wholeNumber(1), 20);
  addReading(command, ["table", "json"]).action(async (files: string[], options: BaselinesOptions) => {
    const reading = await openReading(files, options, io);
    const runs: BaselineRun[] = [];
    for await (const run of reading.source.runs({ agent_id: options.agent })) runs.push(contribution(run));
    await finishReading(reading, options);
    const now = options.at ?? reading.log.newest;
    if (now === undefined) throw new UsageError("No line was read, so there is nothing to make baselines of");
    const file = computeBaselines(runs, { now, windowDays: options.windowDays, minRuns: options.minRuns });
    await print(file, { runs: runs.length, columns: reading.columns }, options, io);
  });
}

/** The document itself goes to stdout when asked for as JSON or by `--out -`, else to a file, with a summary on stdout. */
async function print(
  file: BaselineFile,
  { runs, columns }: { readonly runs: number; readonly columns: number },
  options: BaselinesOptions,
  io: Io,
): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const out = options.out ?? (options.format === "json" ? "-" : DEFAULT_FILE);
  if (out === "-") {
    await io.stdout.write(text);
    return;
  }
  await writeText(out, text, io);
  if (options.format === "json") await io.stdout.write(text);
  else await io.stdout.write(`${baselinesTable(file, { runs, out, minRuns: options.minRuns }, columns).join("\n")}\n`);
}

/** Of a run only what baselines are made of is kept. */
function contribution({ agent_id, agent_version, status, ended_at, facts }: Run): BaselineRun {
  const kept: Partial<Facts> = {};
  for (const fact of BASELINE_FACTS) if (facts[fact] !== undefined) kept[fact] = facts[fact];
  return { agent_id, agent_version, status, ended_at, facts: kept };
}
