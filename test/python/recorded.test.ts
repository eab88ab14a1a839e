import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseLine } from "../../src/core/wire";
import { everyOutput, readByCommand } from "./commands";
import { CANARY, HASH_ERA, HAYSTACK_2, HAYSTACK_3, RAW_ERA_0_4, RAW_ERA_0_5 } from "./expectations";
import { readRuns } from "./reading";

const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, "../fixtures/python", `${name}.ndjson`), "utf8");

const SAMPLES = {
  "dunetrace-0.3.21": HASH_ERA,
  "dunetrace-0.3.21-haystack-2.31.0": HAYSTACK_2,
  "dunetrace-0.3.21-haystack-3.4.0": HAYSTACK_3,
  "dunetrace-0.4.1": RAW_ERA_0_4,
  "dunetrace-0.5.7": RAW_ERA_0_5,
};

describe.each(Object.entries(SAMPLES))("recorded lines of %s", (name, expected) => {
  it("are read into the runs that the agents had", () => {
    expect(readRuns(recorded(name))).toEqual(expected);
  });

  it("give the same runs on the command line", async () => {
    const { runs } = await readByCommand(recorded(name));
    const signals = Object.fromEntries(Object.entries(expected).map(([agent, run]) => [agent, run.signals]));
    expect(runs).toEqual(signals);
  });
});

describe("recorded lines of the Haystack tracer", () => {
  it("carry the hash of the empty text as query_hash, which is read as unknown", () => {
    const called = recorded("dunetrace-0.3.21-haystack-3.4.0")
      .split("\n")
      .filter((line) => line.includes('"retrieval.called"'));
    expect(called).toHaveLength(3);
    for (const line of called) {
      expect(line).toContain('"query_hash":"e3b0c44298fc1c14"');
      const result = parseLine(line);
      expect(result.ok && result.line.payload).toEqual({ index_name: "retriever" });
    }
  });
});

describe.each(["dunetrace-0.4.1", "dunetrace-0.5.7"])("content on recorded lines of %s", (name) => {
  it("is in no output of any command", async () => {
    const text = recorded(name);
    expect(text).toContain(CANARY);
    const { outputs, runs } = await everyOutput(text);
    for (const { command, text: output } of outputs) expect(output, command).not.toContain(CANARY);
    expect(runs).toBe(5);
  });

  it("is told of in the summary", async () => {
    const { stderr } = await readByCommand(recorded(name));
    expect(stderr).toMatch(/^Raw content was seen in \d+ lines; it is not shown\./m);
  });
});

describe("recorded lines without content", () => {
  it("get no such summary", async () => {
    const { stderr } = await readByCommand(recorded("dunetrace-0.3.21"));
    expect(stderr).toBe("");
  });
});
