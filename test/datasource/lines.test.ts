import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { RunAssembler, rebuildRun } from "../../src/core/run";
import { parseLine } from "../../src/core/wire";
import { lineText } from "../../src/datasource/frames/lineText";

const FOLDERS = ["test/fixtures/python", "test/fixtures/real"];
const files = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)).filter((name) =>
  /\.ndjson(\.gz)?$/.test(name),
);

function textsOf(file: string): string[] {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n").slice(0, 3000);
}

function rebuilt(texts: readonly string[]) {
  const assembler = new RunAssembler({ budget: Number.POSITIVE_INFINITY });
  const lines = texts.flatMap((text) => {
    const parsed = parseLine(text);
    return parsed.ok ? [parsed.line] : [];
  });
  for (const line of lines) assembler.add(line);
  return { lines, runs: assembler.takeRest().map((group) => rebuildRun(group.lines)) };
}

describe("a line that was read and written down again", () => {
  it.each(files)("makes the same runs as the producer's own: %s", (file) => {
    const first = rebuilt(textsOf(file));
    const again = rebuilt(first.lines.map(lineText));
    expect(again.lines).toHaveLength(first.lines.length);
    for (const [at, run] of first.runs.entries()) {
      const { lines: _lines, raw_content: _raw, ...same } = run;
      expect(again.runs[at]).toMatchObject(same);
    }
  });
});
