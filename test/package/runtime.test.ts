import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installedPackage } from "./installed";
import { execIn, NODE, temporaryFolder } from "./packed";

/** What a process holds that could keep it alive or change how it ends. */
const SNAPSHOT = `
  const snapshot = () => JSON.stringify({
    handles: process.getActiveResourcesInfo().sort(),
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]).sort(),
    globals: Reflect.ownKeys(globalThis).map(String),
  });`;

const BOTH = ["import", "require"] as const;

/** What the package exports to programs. */
const EXPORTS = ["dunetrace-grafana", "dunetrace-grafana/core", "dunetrace-grafana/pino"];

/** A program that loads the whole package in one of both ways, between `before` and `after`. */
const program = (way: (typeof BOTH)[number], before: string, after: string): [name: string, text: string] =>
  way === "import"
    ? ["main.mjs", [before, ...EXPORTS.map((name) => `await import("${name}");`), after].join("\n")]
    : ["main.cjs", [before, ...EXPORTS.map((name) => `require("${name}");`), after].join("\n")];

describe("the installed package", () => {
  const project = installedPackage();

  async function runProgram(folder: string, [name, text]: [string, string]): Promise<string> {
    writeFileSync(join(folder, name), text);
    return (await execIn(folder, NODE, [name])).stdout.trim();
  }

  it("has one run context for both module systems", async ({ skip }) => {
    const text = `
      import { createRequire } from "node:module";
      import * as esm from "dunetrace-grafana";
      const cjs = createRequire(import.meta.url)("dunetrace-grafana");
      if (esm.Dunetrace === cjs.Dunetrace) throw new Error("one copy only: nothing is tested");
      const seen = [];
      for (const [outer, inner] of [[cjs, esm], [esm, cjs]]) {
        const dt = new outer.Dunetrace();
        await dt.run("agent", {}, async (run) => {
          await null;
          seen.push(inner.getCurrentRun()?.runId === run.runId && run.runId.length === 36);
          await new inner.Dunetrace().run("nested", {}, async (nested) => {
            seen.push(nested.parentRunId === run.runId);
          });
        });
        seen.push(inner.getCurrentRun() === undefined);
        await dt.shutdown();
      }
      console.log(seen.join(" "));`;
    expect(await runProgram(project(skip), ["shared.mjs", text])).toBe("true true true true true true");
  });

  it.for(BOTH)("starts no timer, takes no handle and leaves the process as it is on %s", async (way, { skip }) => {
    const after = "console.log(JSON.stringify({ before, after: snapshot() }));";
    const output = await runProgram(project(skip), program(way, `${SNAPSHOT}\nconst before = snapshot();`, after));
    const states: { before: string; after: string } = JSON.parse(output);
    expect(states.before).toContain("handles");
    expect(JSON.parse(states.after)).toEqual(JSON.parse(states.before));
  });

  it.for(BOTH)("loads neither prices nor YAML on %s", async (way, { skip }) => {
    const alone = temporaryFolder();
    try {
      const target = join(alone, "node_modules/dunetrace-grafana");
      mkdirSync(target, { recursive: true });
      cpSync(join(project(skip), "node_modules/dunetrace-grafana"), target, { recursive: true });
      expect(await runProgram(alone, program(way, "", 'console.log("loaded");'))).toBe("loaded");
    } finally {
      rmSync(alone, { recursive: true, force: true });
    }
  });
});
