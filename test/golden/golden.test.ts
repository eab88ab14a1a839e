import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, judge, parseBaselines, parseLine, RunAssembler, rebuildRun } from "../../src/core";
import { loadPrices } from "../../src/sdk/prices";
import { parseManifest, type Said } from "../demo/performance";

const FOLDER = import.meta.dirname;
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".ndjson.gz"))
  .map((name) => name.slice(0, -".ndjson.gz".length));
const textOf = (name: string): string => readFileSync(path.join(FOLDER, name), "utf8");

function read(name: string): Record<string, Said> {
  const source = `${name}.baselines.json`;
  const baselines = parseBaselines(JSON.parse(textOf(source)), source);
  const prices = loadPrices();
  const assembler = new RunAssembler();
  for (const text of gunzipSync(readFileSync(path.join(FOLDER, `${name}.ndjson.gz`)))
    .toString()
    .trimEnd()
    .split("\n")) {
    const result = parseLine(text);
    if (!result.ok) throw new Error(`${result.reason}: ${text}`);
    expect(result.oddFields).toBeUndefined();
    assembler.add(result.line);
  }
  const runs = assembler.takeRest().map(({ lines }): [string, Said] => {
    const run = rebuildRun(lines, { prices });
    expect(run.facts_differ, run.run_id).toEqual([]);
    const baseline = baselines.baselineOf(run.agent_id, run.agent_version ?? "");
    const { facts, ended, exit_reason } = run;
    const { signals, no_data } = judge({ facts, ended, exit_reason, baseline, settings: DEFAULT_SETTINGS });
    const found = signals.map(({ failure_type, severity }): [string, string] => [failure_type, severity]);
    return [
      run.run_id,
      {
        agent_id: run.agent_id,
        status: run.status,
        signals: Object.fromEntries(found.sort()),
        no_data: no_data.map(({ failure_type }) => failure_type).sort(),
      },
    ];
  });
  return Object.fromEntries(runs);
}

describe("golden lines", () => {
  it.each(names)("of %s are read as they always were", (name) => {
    const expected = Object.entries(parseManifest(textOf(`${name}.manifest.json`))).map(([id, said]) => [
      id,
      { ...said, signals: Object.fromEntries(Object.entries(said.signals).sort()), no_data: [...said.no_data].sort() },
    ]);
    expect(read(name)).toEqual(Object.fromEntries(expected));
  });

  it("are there", () => expect(names).toContain("schema-1"));
});
