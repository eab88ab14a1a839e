import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const START = join(import.meta.dirname, "../../scripts/start.mjs");

describe("npm start", () => {
  it("shows runs and signals of the demo agents without a terminal, and ends on Ctrl-C", async () => {
    const child = spawn(process.execPath, [START, "--seed", "7", "--rate", "300"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
    let shown = "";
    let errors = "";
    child.stderr.on("data", (data) => {
      errors += data;
    });
    const complete = new Promise<void>((resolve) => {
      child.stdout.on("data", (data) => {
        shown += data;
        if (/ started /.test(shown) && / completed /.test(shown) && / (LOW|MEDIUM|HIGH|CRITICAL) /.test(shown))
          resolve();
      });
    });
    await Promise.race([complete, ended]);
    child.kill("SIGINT");
    expect(await ended, errors).toBe(0);
    expect(shown).toMatch(/ (LOW|MEDIUM|HIGH|CRITICAL) /);
    expect(shown).toMatch(/ completed +[0-9a-f]{8} /);
  });
});
