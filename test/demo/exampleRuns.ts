import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SystemRun } from "../systems/runs";
import { judgedRuns, systemRun } from "../systems/runs";
import { objectsOf } from "./performance";

const execute = promisify(execFile);
const ROOT = join(import.meta.dirname, "../..");

/** What several examples import. */
const SHARED = "shared";

/** The folders of the examples. */
export function exampleFolders(): string[] {
  return readdirSync(join(ROOT, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== SHARED)
    .map(({ name }) => name)
    .sort();
}

/** `node examples/run.mjs NAME`, to its end. */
export function startExample(name: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return execute(process.execPath, [join(ROOT, "examples/run.mjs"), name]);
}

/** What is compared of one run of an example. */
export interface ExampleRun extends Pick<SystemRun, "agent_id" | "exit_reason" | "signals"> {
  /** As `callText` has them; ` ×3` behind what comes three times in a row. */
  readonly calls: readonly string[];
}

/** Calls that follow each other in pairs or alone, each told once with how often it comes. */
function folded(calls: readonly string[]): string[] {
  const folded: { readonly text: string; times: number }[] = [];
  for (const text of calls) {
    const last = folded.at(-1);
    if (last?.text === text) last.times++;
    else folded.push({ text, times: 1 });
  }
  return folded.map(({ text, times }) => (times === 1 ? text : `${text} ×${times}`));
}

/** The runs in the lines of an example, by their start; what else is in its stdout is left out. */
export function exampleRuns(stdout: string): ExampleRun[] {
  const lines = objectsOf(stdout).filter(({ logger }) => logger === "dunetrace");
  return judgedRuns(lines.map((line) => JSON.stringify(line)).join("\n")).map((judged) => {
    const { agent_id, exit_reason, signals, calls } = systemRun(judged);
    return { agent_id, exit_reason, signals, calls: folded(calls) };
  });
}
