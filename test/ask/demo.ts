import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { type Baselines, parseBaselines } from "../../src/core/baselines";
import { formatMicros } from "../../src/core/wire";
import { inFolder, objectsOf, perform, recordOf } from "../demo/performance";

/** A signal as `dunetrace runs --format ndjson` says it. */
export interface CliSignal {
  readonly failure_type: string;
  readonly severity: string;
  readonly base_severity: string;
  readonly confidence: number;
  readonly shadow: boolean;
  readonly title: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly step_index?: number | undefined;
}

/** A run as `dunetrace runs --format ndjson` says it. */
export interface CliRun {
  readonly run_id: string;
  readonly agent_id: string;
  readonly agent_version: string | null;
  readonly parent_run_id?: string;
  readonly status: string;
  readonly facts: Readonly<Record<string, number | string | undefined>>;
  readonly signals: readonly CliSignal[];
  readonly no_data: readonly string[];
}

export interface Demo {
  /** Without their line ends, in the order of time. */
  readonly lines: readonly string[];
  /** What the agents ran with. */
  readonly baselines: Baselines;
  /** What `dunetrace runs` says of the lines, with those baselines. */
  readonly computed: ReadonlyMap<string, CliRun>;
  /** What it says with `--recorded`. */
  readonly recorded: ReadonlyMap<string, CliRun>;
}

/** Runs of the hours before a moment, and what the command line says of them. */
export async function demoOf(runs: number, atMs: number): Promise<Demo> {
  const { lines, files } = await perform("--runs", String(runs), "--seed", "5", "--at", formatMicros(atMs * 1000));
  return {
    lines: lines.split("\n").filter((line) => line !== ""),
    baselines: parseBaselines(JSON.parse(files.baselines), "the baselines of the demo"),
    computed: await saidOf(lines, files.baselines),
    recorded: await saidOf(lines, files.baselines, "--recorded"),
  };
}

/** What `dunetrace runs` says of lines, by run. */
export async function saidOf(
  lines: string,
  baselines: string | undefined,
  ...args: readonly string[]
): Promise<ReadonlyMap<string, CliRun>> {
  return inFolder(async (folder) => {
    if (baselines !== undefined) writeFileSync(join(folder, "b.json"), baselines);
    const given = baselines === undefined ? [] : ["--baselines", "b.json"];
    const io = new FakeIo({ cwd: folder, stdin: lines });
    const code = await main(["runs", "-", ...given, "--format", "ndjson", ...args], io);
    if (code !== 0) throw new Error(io.stderr.text);
    return new Map(objectsOf(io.stdout.text).map((run) => [String(run.run_id), cliRun(run)]));
  });
}

function cliRun(run: Record<string, unknown>): CliRun {
  const { run_id, agent_id, agent_version, parent_run_id, status, facts, signals, no_data } = run;
  return {
    run_id: String(run_id),
    agent_id: String(agent_id),
    agent_version: agent_version === null ? null : String(agent_version),
    ...(parent_run_id === undefined ? {} : { parent_run_id: String(parent_run_id) }),
    status: String(status),
    facts: Object.fromEntries(Object.entries(recordOf(facts)).map(([name, value]) => [name, scalar(value)])),
    signals: listOf(signals).map((signal) => cliSignal(recordOf(signal))),
    no_data: listOf(no_data).map(String),
  };
}

function cliSignal(signal: Record<string, unknown>): CliSignal {
  const { failure_type, severity, base_severity, confidence, shadow, title, evidence, step_index } = signal;
  return {
    failure_type: String(failure_type),
    severity: String(severity),
    base_severity: String(base_severity),
    confidence: Number(confidence),
    shadow: shadow === true,
    title: String(title),
    evidence: recordOf(evidence),
    ...(step_index === undefined ? {} : { step_index: Number(step_index) }),
  };
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
  return value;
}

function scalar(value: unknown): number | string | undefined {
  return typeof value === "number" || typeof value === "string" ? value : undefined;
}
