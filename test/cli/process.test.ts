import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith } from "../../src/cli/testing/folder";
import { loopingRun, quietRun } from "../../src/cli/testing/runWriter";

const CLI = join(import.meta.dirname, "../../lib/cli.mjs");
if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");

const many = Array.from({ length: 400 }, (_, at) => quietRun({ run_id: `run-${at}` }).text).join("");

function start(args: readonly string[], cwd?: string): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [CLI, ...args], { cwd, env: { PATH: process.env.PATH } });
}

async function outcome(
  child: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; out: string; err: string }> {
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, err };
}

describe("the dunetrace command as a process", () => {
  it("reads stdin to its end and ends with the code of its findings", async () => {
    const child = start(["check", "-"]);
    child.stdin.end(many + loopingRun().text);
    const { code, out, err } = await outcome(child);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("401 runs checked for HIGH signals or worse: 1 finding in 1 run.");
  });

  it("ends at once on wrong use, though its stdin stays open", async () => {
    const child = start(["runs", "-", "nowhere.ndjson"]);
    expect(await outcome(child)).toEqual({ code: 2, out: "", err: "dunetrace: No such file: nowhere.ndjson\n" });
  });

  it("stops quietly when the reader of its output goes away", async () => {
    const cwd = folderWith({ "runs.ndjson": many });
    const child = start(["runs", "runs.ndjson", "--format", "ndjson"], cwd);
    let err = "";
    child.stderr.on("data", (chunk) => (err += chunk));
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it.skipIf(!existsSync("/dev/full"))("says so when its output cannot be written", () => {
    const cwd = folderWith({ "runs.ndjson": many });
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [CLI, "runs", "runs.ndjson", "--format", "ndjson"], {
      cwd,
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^dunetrace: Cannot write to stdout: ENOSPC/);
  });

  it("follows a file until it is interrupted, and then ends with 0", async () => {
    const cwd = folderWith({ "runs.ndjson": "" });
    const file = createWriteStream(join(cwd, "runs.ndjson"), { flags: "a" });
    const child = start(["dev", "runs.ndjson"], cwd);
    const ended = outcome(child);
    const seen = new Promise((resolve) => child.stdout.once("data", resolve));
    file.end(quietRun({ run_id: "followed" }).text);
    expect(String(await seen)).toContain("started     followed");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0, err: "" });
  });

  it("answers as a Loki while it watches, for another process", async () => {
    const child = start(["dev", "-", "--listen", "127.0.0.1:0"]);
    const ended = outcome(child);
    const told = new Promise((resolve) => child.stderr.once("data", resolve));
    const seen = new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk) => String(chunk).includes("completed   served") && resolve());
    });
    const url = /Loki for development on (\S+):/.exec(String(await told))?.[1] ?? "";
    child.stdin.end(quietRun({ run_id: "served", start: (Date.now() - 10_000) * 1000 }).text);
    await seen;
    const runs = await outcome(start(["runs", "--loki", url]));
    expect(runs).toMatchObject({ code: 0, out: expect.stringMatching(/^completed +served +research-agent/m), err: "" });
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0 });
  });

  it("prints the package's version", async () => {
    const child = start(["--version"]);
    expect((await outcome(child)).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
