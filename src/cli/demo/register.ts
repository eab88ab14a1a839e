import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { formatMicros, type Micros, parseMicros } from "../../core/wire";
import { writeText } from "../config/writeFile";
import { suggestion, UsageError } from "../errors";
import type { Io } from "../io";
import { addCommon, type CommonOptions, wholeNumber } from "../options";
import type { AgentProfile } from "./agent";
import { AGENTS } from "./agents";
import { baselinesOf } from "./baselines";
import { performBatch } from "./batch";
import { LIVE_SPEED, performLive } from "./live";
import { Manifest } from "./manifest";
import type { Scenario } from "./scenario";
import { SCENARIOS } from "./scenarios";

interface DemoOptions extends CommonOptions {
  readonly runs?: number;
  readonly seed: string;
  readonly at?: Micros;
  readonly live?: boolean;
  readonly history?: number;
  readonly rate?: number;
  readonly agents?: readonly string[];
  readonly manifest?: string;
  readonly baselinesOut?: string;
}

const DEFAULT_RUNS = 200;
const DEFAULT_RATE = 40;

/** `dunetrace demo`: scripted agents on the real SDK, one per failure and many that do well. */
export function registerDemo(program: Command, io: Io): void {
  const command = program
    .command("demo")
    .description("Write the lines of scripted agents to stdout: every failure there is, among usual runs.")
    .option("--runs <n>", `how many runs; ${DEFAULT_RUNS} without --live, else until stopped`, wholeNumber(1))
    .option("--seed <text>", "another seed gives other runs, the same one the same", "1")
    .option("--at <time>", "the newest moment, RFC 3339; default: now", time)
    .option("--live", "play the runs as time goes by, ten times faster than agents are")
    .option("--history <n>", "with --live, so many runs of the last hours first", wholeNumber(1))
    .option("--rate <n>", `runs a minute with --live; default: ${DEFAULT_RATE}`, wholeNumber(1))
    .option("--agents <ids>", "only what these agents take part in, separated by commas", agentIds)
    .option("--manifest <file>", "write what each run is made to show")
    .option("--baselines-out <file>", "write the baselines that the agents run with");
  command.addHelpText(
    "after",
    "\nIts runs lie hours back. A Loki that has a demo already refuses nearly all of a second one, since it takes\nnothing more than an hour behind a stream: play the second one with --live.",
  );
  addCommon(command).action(async (options: DemoOptions) => {
    refuseConflicts(options);
    const scenarios = SCENARIOS.filter((scenario) => isWanted(scenario, options.agents));
    const agents = AGENTS.filter((agent) => scenarios.some((scenario) => scenario.agents.includes(agent)));
    await (options.live === true ? live : batch)(options, { scenarios, agents }, io);
  });
}

interface Cast {
  readonly scenarios: readonly Scenario[];
  readonly agents: readonly AgentProfile[];
}

async function batch(options: DemoOptions, cast: Cast, io: Io): Promise<void> {
  const { runs = DEFAULT_RUNS, seed, at = io.now() * 1000 } = options;
  await writeBaselines(options, cast, at, 1, io);
  const { manifest, from } = await performBatch({ runs, seed, at, ...cast }, io.stdout);
  await writeManifest(options, manifest, io);
  await io.stderr.write(`Wrote ${told(manifest)}, ${formatMicros(from)} to ${formatMicros(at)}\n`);
}

async function live(options: DemoOptions, cast: Cast, io: Io): Promise<void> {
  const { runs, seed, rate = DEFAULT_RATE, history } = options;
  await writeBaselines(options, cast, io.now() * 1000, LIVE_SPEED, io);
  if (history !== undefined) await performBatch({ runs: history, seed, at: io.now() * 1000, ...cast }, io.stdout);
  const manifest = new Manifest(options.manifest !== undefined);
  await performLive({ runs, seed, rate, ...cast }, manifest, io);
  await writeManifest(options, manifest, io);
  await io.stderr.write(`Played ${told(manifest)}\n`);
}

const told = ({ runs, agents }: Manifest): string => `${runs} runs of ${agents.size} agents`;

async function writeBaselines(options: DemoOptions, cast: Cast, at: Micros, speed: number, io: Io): Promise<void> {
  if (options.baselinesOut === undefined) return;
  await writeText(options.baselinesOut, `${JSON.stringify(baselinesOf(cast.agents, at, speed), undefined, 2)}\n`, io);
}

async function writeManifest(options: DemoOptions, manifest: Manifest, io: Io): Promise<void> {
  if (options.manifest !== undefined) await writeText(options.manifest, manifest.toText(), io);
}

function isWanted({ agents }: Scenario, wanted: DemoOptions["agents"]): boolean {
  return wanted === undefined || agents.some(({ id }) => wanted.includes(id));
}

function refuseConflicts({ live, rate, at, history, manifest }: DemoOptions): void {
  if (live !== true && history !== undefined) throw new UsageError("--history needs --live; --runs does without");
  if (history !== undefined && manifest !== undefined) {
    throw new UsageError("--manifest names the runs that are played; leave --history out");
  }
  if (live !== true && rate !== undefined) throw new UsageError("--rate needs --live");
  if (live === true && at !== undefined) throw new UsageError("--at cannot be combined with --live, which plays now");
}

function time(text: string): Micros {
  const micros = parseMicros(text);
  if (micros === undefined) throw new InvalidArgumentError("It must be a time such as 2026-11-20T10:00:00Z.");
  return micros;
}

function agentIds(text: string): string[] {
  const known = AGENTS.map(({ id }) => id);
  return text.split(",").map((part) => {
    const id = part.trim();
    if (!known.includes(id)) throw new InvalidArgumentError(`No agent is called ${id}${suggestion(id, known)}.`);
    return id;
  });
}
