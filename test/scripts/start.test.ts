import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const START = join(import.meta.dirname, "../../scripts/start.mjs");

describe("npm start", () => {
  it("shows runs and signals of the demo agents without a terminal, serves the page, and ends on Ctrl-C", async () => {
    const child = spawn(process.execPath, [START, "--seed", "7", "--rate", "300"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, DUNETRACE_LISTEN: "127.0.0.1:0" },
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
    const url = /Page on (\S+)/.exec(errors)?.[1] ?? "";
    const page = await fetch(url).then((answer) => answer.text());
    // The first lines may be older than the six hours that are looked at unless one says otherwise.
    const since = `start=${Date.now() - 86_400_000}000000`;
    const agents = await fetch(`${url}loki/api/v1/label/agent_id/values?${since}`).then((answer) => answer.text());
    child.kill("SIGINT");
    expect(await ended, errors).toBe(0);
    expect(page).toContain("<title>Dunetrace</title>");
    expect(agents).toContain("support-bot");
    expect(shown).toMatch(/ (LOW|MEDIUM|HIGH|CRITICAL) /);
    expect(shown).toMatch(/ completed +[0-9a-f]{8} /);
  });
});
