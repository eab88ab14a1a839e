import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { isCounted } from "../../src/core/facts/counted";
import { rebuildRun } from "../../src/core/run";
import { type Line, parseLine, type UnknownLine } from "../../src/core/wire";
import { compareFacts } from "./check";
import { oracleFacts } from "./oracle";

/** The lines of a file by run, in the order read. */
function runsOf(file: string): Map<string, (Line | UnknownLine)[]> {
  const path = new URL(`../fixtures/real/${file}`, import.meta.url);
  const runs = new Map<string, (Line | UnknownLine)[]>();
  for (const text of gunzipSync(readFileSync(path)).toString("utf8").split("\n")) {
    if (text === "") continue;
    const result = parseLine(text);
    if (!result.ok) throw new Error(`${file}: ${result.reason}`);
    const lines = runs.get(result.line.run_id);
    if (lines === undefined) runs.set(result.line.run_id, [result.line]);
    else lines.push(result.line);
  }
  return runs;
}

it.each(["tau-airline-dev.ndjson.gz", "tau2-airline-dev.ndjson.gz"])(
  "the facts of the real runs in %s are those of the reference",
  (file) => {
    const runs = runsOf(file);
    expect(runs.size).toBeGreaterThan(90);
    for (const [run_id, lines] of runs) {
      const run = rebuildRun(lines);
      const differing = compareFacts(oracleFacts(run.lines.filter(isCounted)), run.facts);
      expect({ run_id, differing }).toEqual({ run_id, differing: undefined });
    }
  },
);
