import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { inFolder, parseManifest, parseRuns } from "./performance";

const execute = promisify(execFile);
const CLI = join(import.meta.dirname, "../../lib/cli.mjs");
const dunetrace = (command: string): string => `"${process.execPath}" "${CLI}" ${command}`;

/** Runs a shell command with the built command line. */
async function shell(command: string, cwd: string) {
  if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");
  // The PATH may hold Node alone.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/bin:/bin` };
  return execute("/bin/sh", ["-c", command], { cwd, env, maxBuffer: 1 << 28 });
}

describe("the built command line", () => {
  it("reads the demo's runs from a pipe as the demo's manifest has them", async () => {
    await inFolder(async (folder) => {
      const demo = dunetrace("demo --runs 200 --seed 7 --manifest m.json --baselines-out b.json");
      const runs = dunetrace("runs - --baselines b.json --format ndjson");
      const { stdout, stderr } = await shell(`${demo} | ${runs}`, folder);
      expect(stderr).toMatch(/^Wrote 200 runs of 10 agents, \S+ to \S+\n$/);
      expect(parseRuns(stdout)).toEqual(parseManifest(readFileSync(join(folder, "m.json"), "utf8")));
    });
  });

  it("ends the demo quietly when its reader leaves", async () => {
    await inFolder(async (folder) => {
      const { stdout, stderr } = await shell(`${dunetrace("demo --runs 5000")} | head -n 1`, folder);
      expect(stdout).toContain('"event_type":"run.started"');
      expect(stderr).toBe("");
    });
  });

  it("plays live runs and names them in the manifest when it is interrupted", async () => {
    await inFolder(async (folder) => {
      const live = ["demo", "--live", "--rate", "240", "--manifest", "m.json", "--baselines-out", "b.json"];
      const demo = spawn(process.execPath, [CLI, ...live], { cwd: folder });
      const exit = once(demo, "exit");
      let lines = "";
      let notes = "";
      demo.stderr.on("data", (data) => {
        notes += String(data);
      });
      for await (const data of demo.stdout) {
        lines += String(data);
        if (lines.split('"event_type":"run.completed"').length > 4) demo.kill("SIGINT");
      }
      expect(await exit).toEqual([0, null]);
      expect(notes).toMatch(/^Played \d+ runs of \d+ agents\n$/);

      const io = new FakeIo({ cwd: folder, stdin: lines });
      expect(await main(["runs", "-", "--baselines", "b.json", "--format", "ndjson"], io)).toBe(0);
      const manifest = parseManifest(readFileSync(join(folder, "m.json"), "utf8"));
      expect(Object.keys(manifest).length).toBeGreaterThanOrEqual(4);
      expect(parseRuns(io.stdout.text)).toMatchObject(manifest);
    });
  });
});
