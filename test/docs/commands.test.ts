import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "./codeBlocks";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CLI = path.join(ROOT, "lib/cli.mjs");

/** Commands that other tests run, and which. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "npm ci": "every checkout, before these tests",
  "npm ci && npm start": "test/scripts/pipeline.test.ts",
  "npm start": "test/scripts/pipeline.test.ts",
  "npm ci && npm test": "this very run",
  "npm run bench": "by hand: figures are no tests",
  "npm run build": "every run of the tests, before them",
  "npm ci && npm run build": "every run of the tests, before them",
};

const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-docs-"));
const bin = path.join(folder, "bin");

/** A command of the folder's own on the PATH. */
function shim(name: string, script: string): void {
  writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, name), 0o755);
}

/** Runs a command until it ends, or, when it follows a file, until it has said something. */
function run(command: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const follows = / dev \S+\.ndjson$/.test(command);
  const child = spawn("/bin/sh", ["-c", follows ? `exec ${command}` : command], {
    cwd: folder,
    env: { PATH: `${bin}:${path.dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (follows && !child.killed && stdout.includes("completed")) child.kill("SIGINT");
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

describe("the commands of the documents", () => {
  beforeAll(async () => {
    mkdirSync(bin);
    shim("npx", `[ "$1" = dunetrace ] || exit 64\nshift\nexec '${process.execPath}' '${CLI}' "$@"`);
    shim("dunetrace", `exec '${process.execPath}' '${CLI}' "$@"`);
    shim("python3", `cat '${path.join(ROOT, "test/fixtures/python/dunetrace-0.3.21.ndjson")}'`);
    for (const name of [
      "test",
      "lib",
      "examples",
      "node_modules",
      "src",
      "package.json",
      "tsconfig.lib.json",
      "tsconfig.base.json",
    ]) {
      symlinkSync(path.join(ROOT, name), path.join(folder, name));
    }
    copyFileSync(path.join(ROOT, "detectors.yml"), path.join(folder, "detectors.yml"));
    const { stdout } = await run("dunetrace demo --runs 40 --seed 3");
    writeFileSync(path.join(folder, "agents.ndjson"), stdout);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const all = [...new Map(commands().map((one) => [one.command, one])).values()];
  const here = all.filter(({ command }) => !(command in RUN_ELSEWHERE));

  it("are known to this test where it does not run them", () => {
    expect(all.map(({ command }) => command)).toEqual(expect.arrayContaining(Object.keys(RUN_ELSEWHERE)));
  });

  it.each(here)("$document: $command", async ({ command }) => {
    const { code, stdout, stderr } = await run(command);
    // `check` finds something in the demo's lines and in the real ones: that is its exit code 1.
    expect(stderr).not.toMatch(/error:|not found|Unknown/i);
    expect(code, stderr).toBe(command.includes(" check ") ? 1 : 0);
    expect(stdout).not.toBe("");
  });
});
