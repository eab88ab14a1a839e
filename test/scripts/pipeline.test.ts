import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const PIPELINE = pathToFileURL(join(import.meta.dirname, "../../scripts/pipeline.mjs")).href;

/** Writes until it is ended, and says how it ended. */
const ENDLESS = `
  process.on("SIGTERM", () => process.exit(7));
  process.on("SIGINT", () => process.exit(7));
  setInterval(() => console.log(process.pid), 5);`;
/** Prints the process id of the writer, then reads on. */
const READER = `
  process.stdin.once("data", (data) => console.log("writer", String(data).split("\\n")[0]));
  process.on("SIGINT", () => process.exit(0));
  process.stdin.on("end", () => process.exit(0));`;

describe("the pipe of npm start", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dunetrace-pipe-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function start(writer: string, reader: string): ChildProcess {
    const text = `import { pipeline } from ${JSON.stringify(PIPELINE)};
      process.exitCode = await pipeline(["writer.cjs"], ["reader.cjs"]);`;
    writeFileSync(join(folder, "writer.cjs"), writer);
    writeFileSync(join(folder, "reader.cjs"), reader);
    writeFileSync(join(folder, "main.mjs"), text);
    return spawn(process.execPath, ["main.mjs"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  }
  const exitOf = (child: ChildProcess): Promise<unknown> =>
    new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  const firstLine = (child: ChildProcess): Promise<string> =>
    new Promise((resolve) => child.stdout?.once("data", (data) => resolve(String(data).trim())));
  /** Whether a process is there, by its id at the end of a line. */
  const lives = (line: string): boolean => {
    try {
      return process.kill(Number(line.split(" ").at(-1)), 0);
    } catch {
      // ESRCH: no such process.
      return false;
    }
  };

  it("ends when the writer has ended and the reader has read everything", async () => {
    const reader = `let text = ""; process.stdin.on("data", (data) => { text += data; });
      process.stdin.on("end", () => console.log(text.length));`;
    const child = start('process.stdout.write("x".repeat(1_000_000));', reader);
    expect(await Promise.all([firstLine(child), exitOf(child)])).toEqual(["1000000", 0]);
  });

  it("hands on exit codes", async () => {
    expect(await exitOf(start("process.exit(3);", "process.stdin.resume();"))).toBe(3);
    expect(await exitOf(start("process.exit(3);", "process.exit(2);"))).toBe(2);
  });

  it("ends the writer when the reader goes first", async () => {
    const child = start(ENDLESS, `${READER}\nprocess.stdin.once("data", () => setImmediate(() => process.exit(0)));`);
    const [line, code] = await Promise.all([firstLine(child), exitOf(child)]);
    expect(line).toMatch(/^writer \d+$/);
    expect(code).toBe(0);
    expect(lives(line)).toBe(false);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends both on %s and calls that success", async (signal) => {
    const child = start(ENDLESS, READER);
    const line = await firstLine(child);
    expect(lives(line)).toBe(true);
    child.kill(signal);
    expect(await exitOf(child)).toBe(0);
    expect(lives(line)).toBe(false);
  });
});
