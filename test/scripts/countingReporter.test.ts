import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

describe("the reporter that counts tests", () => {
  let folder = "";
  // Inside the repository, so that the tests in it find vitest.
  beforeEach(() => {
    mkdirSync(join(ROOT, ".cache"), { recursive: true });
    folder = mkdtempSync(join(ROOT, ".cache/counting-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the given test files in a runner of their own; resolves to what the reporter wrote. */
  async function counts(files: Record<string, string>): Promise<unknown> {
    for (const [name, body] of Object.entries(files)) {
      writeFileSync(join(folder, name), `import { beforeAll, describe, expect, it } from "vitest";\n${body}\n`);
    }
    writeFileSync(join(folder, "vitest.config.mjs"), "export default {};\n");
    const file = join(folder, "counts.json");
    const runner = join(ROOT, "node_modules/vitest/vitest.mjs");
    const args = [runner, "run", "--root", folder, `--reporter=${ROOT}/scripts/countingReporter.mjs`];
    await new Promise((resolve) => {
      execFile(process.execPath, args, { env: { ...process.env, TEST_COUNTS_FILE: file } }, resolve);
    });
    return JSON.parse(readFileSync(file, "utf8"));
  }

  it("counts tests, and names skipped ones with their reasons", async () => {
    const body = `
      it("passes", () => expect(1).toBe(1));
      it("fails", () => expect(1).toBe(2));
      describe("inner", () => it("passes too", () => expect(1).toBe(1)));
      it.skip("is off", () => expect(1).toBe(1));
      it.todo("comes later");
      it("needs python", (context) => context.skip("no python3 on the PATH"));`;
    expect(await counts({ "a.test.ts": body })).toEqual({
      passed: 2,
      failed: 1,
      skipped: ["a.test.ts > is off", "a.test.ts > comes later", "a.test.ts > needs python: no python3 on the PATH"],
    });
  });

  it("counts what breaks outside a test as failed", async () => {
    const found = await counts({
      "broken.test.ts": 'throw new Error("at import");',
      "hook.test.ts":
        'describe("x", () => { beforeAll(() => { throw new Error("hook"); }); it("never runs", () => expect(1).toBe(1)); });',
      "unhandled.test.ts": 'it("passes", () => { void Promise.reject(new Error("late")); });',
    });
    expect(found).toEqual({ passed: 1, failed: 3, skipped: ["hook.test.ts > x > never runs"] });
  });
});
