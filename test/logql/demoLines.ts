import { dunetrace } from "../../src/cli/testing/command";
import { type Run, RunAssembler, rebuildRun } from "../../src/core/run";
import { formatMicros, type Line, parseLine, type UnknownLine } from "../../src/core/wire";

/** What a demo wrote, and the runs core makes of it: what every reader of a Loki has to say too. */
export interface Demo {
  /** Without their line ends, in the order of time. */
  readonly lines: readonly string[];
  readonly parsed: readonly (Line | UnknownLine)[];
  readonly runs: ReadonlyMap<string, Run>;
}

/** Runs of the hours before a moment. The same arguments give the same lines. */
export async function demoLines(runs: number, seed: string, atMs: number): Promise<Demo> {
  const args = ["demo", "--runs", String(runs), "--seed", seed, "--at", formatMicros(atMs * 1000)];
  const { code, out, err } = await dunetrace(args);
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${err}`);
  const lines = out.split("\n").filter((line) => line !== "");
  const assembler = new RunAssembler({ budget: Number.POSITIVE_INFINITY });
  const parsed = lines.map((text) => {
    const result = parseLine(text);
    if (!result.ok) throw new Error(`the demo wrote a line that is ${result.kind}: ${text}`);
    assembler.add(result.line);
    return result.line;
  });
  const found = assembler.takeRest().map((group) => rebuildRun(group.lines));
  return { lines, parsed, runs: new Map(found.map((run) => [run.run_id, run])) };
}
