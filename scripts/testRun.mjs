// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT, run, tool } from "./processes.mjs";

/**
 * Runs tests with vitest, its output going where ours goes.
 *
 * @param {readonly string[]} args for `vitest run`
 * @param {{ node?: string, env?: Record<string, string> }} [options] the Node to run it with, and what to add to the
 *   environment
 * @returns {Promise<import("./testVerdict.mjs").Outcome>}
 */
export async function runTests(args, { node = "node", env = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-test-"));
  const file = path.join(folder, "counts.json");
  try {
    const reporters = ["--reporter=default", `--reporter=${ROOT}scripts/countingReporter.mjs`];
    const exitCode = await run(node, [tool("vitest"), "run", ...reporters, ...args], {
      env: { ...env, TEST_COUNTS_FILE: file },
    });
    return { exitCode, counts: existsSync(file) ? readFileSync(file, "utf8") : "" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
