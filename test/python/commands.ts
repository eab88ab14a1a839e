import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { isRecord } from "../../src/core/wire";

/** What one command wrote, on stdout and stderr together. */
export interface Output {
  readonly command: string;
  readonly text: string;
}

/** Runs a command with the lines as its stdin. */
async function run(args: readonly string[], lines: string, cwd: string): Promise<FakeIo> {
  const io = new FakeIo({ stdin: lines, cwd });
  const code = await main(args, io);
  if (code === 2) throw new Error(`dunetrace ${args.join(" ")}: ${io.stderr.text}`);
  return io;
}

function records(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (!isRecord(value)) throw new Error(`no object: ${line}`);
      return value;
    });
}

function severities(signals: unknown): Record<string, unknown> {
  if (!Array.isArray(signals)) throw new Error("signals is no list");
  return Object.fromEntries(
    signals.filter(isRecord).map(({ failure_type, severity }) => [String(failure_type), severity]),
  );
}

/** What `dunetrace runs -` says: the signals by agent, and its stderr. */
export async function readByCommand(lines: string): Promise<{ runs: Record<string, unknown>; stderr: string }> {
  const io = await run(["runs", "-", "--format", "ndjson"], lines, tmpdir());
  const runs = records(io.stdout.text).map(({ agent_id, signals }) => [String(agent_id), severities(signals)]);
  return { runs: Object.fromEntries(runs), stderr: io.stderr.text };
}

/**
 * Everything that the commands which read lines write about them, in every format.
 *
 * @returns the outputs, and how many runs the command `run` was asked for
 */
export async function everyOutput(lines: string): Promise<{ outputs: Output[]; runs: number }> {
  const folder = mkdtempSync(join(tmpdir(), "dunetrace-outputs-"));
  const outputs: Output[] = [];
  const add = async (...args: readonly string[]): Promise<FakeIo> => {
    const io = await run(args, lines, folder);
    outputs.push({ command: args.join(" "), text: `${io.stdout.text}\n${io.stderr.text}` });
    return io;
  };
  try {
    const ids = records((await add("runs", "-", "--format", "ndjson")).stdout.text).map(({ run_id }) => String(run_id));
    const truth = Object.fromEntries(ids.map((id, index) => [id, { success: index % 2 === 0 }]));
    writeFileSync(join(folder, "truth.json"), JSON.stringify(truth));
    for (const format of ["table", "json", "ndjson"]) {
      await add("runs", "-", "--format", format);
      await add("signals", "-", "--format", format, "--shadow", "--min-severity", "LOW");
      await add("check", "-", "--format", format, "--fail-on", "LOW");
      await add("precision", "-", "--format", format, "--truth", "truth.json");
      for (const id of ids) await add("run", id, "-", "--format", format, "--facts", "--steps", "--lines", "--fixes");
    }
    await add("dev", "-", "--format", "table");
    await add("dev", "-", "--format", "ndjson");
    await add("baselines", "-");
    return { outputs, runs: ids.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
