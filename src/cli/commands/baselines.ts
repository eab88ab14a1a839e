import type { Command } from "commander";
import { BASELINE_FACTS, type BaselineFile, type BaselineRun, computeBaselines } from "../../core/baselines";
import type { Facts } from "../../core/facts";
import type { Run } from "../../core/run";
import type { Micros } from "../../core/wire";
import { baselineRuns } from "../../logql/builders";
import { nanosOf, readBaselines } from "../../logql/readers";
import { writeText } from "../config/writeFile";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { connectLoki, lokiUrl } from "../loki/connect";
import { addLoki, type LokiOptions } from "../loki/options";
import { addReading, amount, pointInTime, type ReadingOptions, wholeNumber } from "../options";
import { baselinesTable } from "../output/baselinesTable";
import { layoutWidth } from "../output/table";
import { finishReading, openReading, unknownAgent } from "../reading";

interface BaselinesOptions extends ReadingOptions, LokiOptions {
  readonly out?: string;
  readonly at?: Micros;
  readonly windowDays: number;
  readonly minRuns: number;
}

/** The document, and how many runs were looked at for it. */
interface Computed {
  readonly file: BaselineFile;
  readonly runs: number;
}

const DEFAULT_FILE = "baselines.json";
const DAY_MS = 86_400_000;

/** `dunetrace baselines [FILE…]`: writes what runs of each agent usually take. */
export function registerBaselines(program: Command, io: Io): void {
  const command = program
    .command("baselines")
    .description("Write baselines.json: what three of four completed runs of each agent stay below.")
    .argument("[files...]", "files of lines, .gz too; - is stdin")
    .option("--out <file>", `where to write; ${DEFAULT_FILE} by default, - is stdout`)
    .option("--at <time>", "end of the window, RFC 3339; by default the newest line, of a Loki now", pointInTime)
    .option("--window-days <n>", "how many days before it count", amount("days"), 7)
    .option("--min-runs <n>", "runs it takes for a baseline", wholeNumber(1), 20);
  addLoki(addReading(command, ["table", "json"]), "7d").action(async (files: string[], options: BaselinesOptions) => {
    if (options.since !== undefined && command.getOptionValueSource("windowDays") === "cli") {
      throw new UsageError("--since and --window-days say the same; leave one of them out");
    }
    const computed = await compute(files, options, io);
    await print(computed, options, io);
  });
}

function compute(files: readonly string[], options: BaselinesOptions, io: Io): Promise<Computed> {
  if (files.length > 0 && options.loki !== undefined) {
    throw new UsageError("Files and --loki exclude each other; leave one of them out");
  }
  if (files.length > 0) return fromFiles(files, options, io);
  const url = lokiUrl(options, io);
  if (url === undefined) {
    throw new UsageError("Nothing to read; name files, or a Loki: --loki http://localhost:3100");
  }
  return fromLoki(url, options, io);
}

async function fromFiles(files: readonly string[], options: BaselinesOptions, io: Io): Promise<Computed> {
  const reading = await openReading(files, options, io);
  const runs: BaselineRun[] = [];
  for await (const run of reading.source.runs({ agent_id: options.agent })) runs.push(contribution(run));
  await finishReading(reading, options);
  const now = options.at ?? reading.log.newest;
  if (now === undefined) throw new UsageError("No line was read, so there is nothing to make baselines of");
  const { windowDays, minRuns } = options;
  return { file: computeBaselines(runs, { now, windowDays, minRuns }), runs: runs.length };
}

/** From terminal lines that state their facts, by queries: no run is read. */
async function fromLoki(url: string, options: BaselinesOptions, io: Io): Promise<Computed> {
  const loki = connectLoki(url, options, io);
  const { api, scope } = loki;
  const { agent, minRuns, since } = options;
  const windowDays = since === undefined ? options.windowDays : since / DAY_MS;
  const windowMs = Math.round(windowDays * DAY_MS);
  if (windowMs < 1) throw new UsageError("The window is empty; give --window-days more than 0");
  const at = nanosOf(options.at ?? io.now() * 1000);
  const agents = agent === undefined ? undefined : [agent];
  const { file } = await readBaselines(api, { at, scope, agents, windowDays, minRuns });
  const counts = await api.instant({ query: baselineRuns(scope, { agents, windowMs, per: "agent" }), time: at });
  const runs = counts.reduce((sum, { value }) => sum + value, 0);
  if (runs > 0) return { file, runs };
  const known = await api.labelValues("agent_id", { start: at - BigInt(windowMs) * 1_000_000n, end: at + 1n });
  const window = `the ${windowDays} days up to ${file.generated_at}`;
  if (known.length === 0) {
    throw new UsageError(
      `${loki.url} has no line of an agent in ${window}, so there is nothing to make baselines of; look at --at, --window-days, --selector and --tenant`,
    );
  }
  if (agent !== undefined && !known.includes(agent)) throw unknownAgent(agent, known);
  return { file, runs };
}

/** The document itself goes to stdout when asked for as JSON or by `--out -`, else to a file, with a summary on stdout. */
async function print({ file, runs }: Computed, options: BaselinesOptions, io: Io): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const out = options.out ?? (options.format === "json" ? "-" : DEFAULT_FILE);
  if (out === "-") {
    await io.stdout.write(text);
    return;
  }
  await writeText(out, text, io);
  if (options.format === "json") {
    await io.stdout.write(text);
    return;
  }
  const lines = baselinesTable(file, { runs, out, minRuns: options.minRuns }, layoutWidth(io.stdout));
  await io.stdout.write(`${lines.join("\n")}\n`);
}

/** Of a run only what baselines are made of is kept. */
function contribution({ agent_id, agent_version, status, ended_at, facts }: Run): BaselineRun {
  const kept: Partial<Facts> = {};
  for (const fact of BASELINE_FACTS) if (facts[fact] !== undefined) kept[fact] = facts[fact];
  return { agent_id, agent_version, status, ended_at, facts: kept };
}
