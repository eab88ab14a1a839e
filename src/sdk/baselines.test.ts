import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BaselineFileSource, baselinesFor } from "./baselines";
import { Faults } from "./faults";
import { temporaryFolder } from "./testing/files";
import { RecordedClient } from "./testing/record";

const folder = temporaryFolder();

function fileWith(steps: number): string {
  const agents = { research: { "*": { runs: 30, p75: { steps } } } };
  return JSON.stringify({ schema: 1, generated_at: "2026-11-20T00:00:00Z", window_days: 7, agents });
}

/** A baselines.json whose age is told by a clock of its own. */
function open(text?: string) {
  const path = join(folder(), "baselines.json");
  if (text !== undefined) writeFileSync(path, text);
  const faults = new Faults(false);
  let now = 0;
  const source = new BaselineFileSource(path, 'The option "baselines"', faults, () => now);
  return {
    path,
    faults,
    pass: (ms: number) => {
      now += ms;
    },
    write: (content: string, mtime: number) => {
      writeFileSync(path, content);
      utimesSync(path, mtime, mtime);
    },
    steps: () => source.baselineOf("research", "1").steps,
  };
}

describe("a baselines.json", () => {
  it("is read when the client is made", () => {
    expect(open(fileWith(5)).steps()).toBe(5);
  });

  it("is looked at again after a minute, not before", () => {
    const { write, pass, steps } = open(fileWith(5));
    write(fileWith(9), 1000);
    pass(59_999);
    expect(steps()).toBe(5);
    pass(1);
    expect(steps()).toBe(9);
  });

  it("may come later", () => {
    const { write, pass, steps } = open();
    expect(steps()).toBeUndefined();
    write(fileWith(7), 1000);
    pass(60_000);
    expect(steps()).toBe(7);
  });

  it("stays in use while the file is broken or gone", () => {
    const { path, faults, write, pass, steps } = open(fileWith(5));
    write("{", 1000);
    pass(60_000);
    expect([steps(), faults.count]).toEqual([5, 1]);
    rmSync(path);
    pass(60_000);
    expect([steps(), faults.count]).toEqual([5, 1]);
  });

  it("that is none is an error when the client is made", () => {
    expect(() => open('{"schema":1}')).toThrow("generated_at");
    expect(() => new RecordedClient({ baselines: { schema: 9 } })).toThrow('The option "baselines": schema');
  });

  it("may be given parsed, or not at all", () => {
    const faults = new Faults(false);
    expect(baselinesFor(JSON.parse(fileWith(3)), faults).baselineOf("research", "1")).toEqual({ steps: 3 });
    expect(baselinesFor(undefined, faults).baselineOf("research", "1")).toEqual({});
  });
});
