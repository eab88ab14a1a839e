import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStale } from "../../scripts/library.mjs";

describe("isStale", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dunetrace-stale-"));
    mkdirSync(join(folder, "src/deep"), { recursive: true });
    for (const [name, seconds] of [
      ["src/deep/a.ts", 100],
      ["out.mjs", 200],
      ["out.cjs", 300],
    ] as const) {
      writeFileSync(join(folder, name), "");
      utimesSync(join(folder, name), seconds, seconds);
    }
    for (const name of ["src", "src/deep"]) utimesSync(join(folder, name), 100, 100);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const stale = (...outputs: string[]) =>
    isStale(
      [join(folder, "src")],
      outputs.map((name) => join(folder, name)),
    );

  it("is false when every output is newer than every source", () => {
    expect(stale("out.mjs", "out.cjs")).toBe(false);
  });

  it("is true when one output is missing or older than one source", () => {
    expect(stale("out.mjs", "none.mjs")).toBe(true);
    utimesSync(join(folder, "src/deep/a.ts"), 250, 250);
    expect(stale("out.mjs", "out.cjs")).toBe(true);
    expect(stale("out.cjs")).toBe(false);
  });

  it("is true when a source was removed", () => {
    rmSync(join(folder, "src/deep/a.ts"));
    expect(stale("out.mjs", "out.cjs")).toBe(true);
  });
});
