import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rebuildRun } from "../../src/core/run";
import { RunAssembler } from "../../src/core/run/assembler";
import { parseLine } from "../../src/core/wire";
import { CollectProcess, runIdOf } from "./collectProcess";

const GRACE_MS = 200;
/** What the documentation says is lost at most: what was acknowledged within the grace and this before the end. */
const WINDOW_MS = GRACE_MS + 250 + 250;
/** For a machine that is busy. */
const LATE_MS = 1500;
/** So many traces are older than the window when it is killed. */
const DUE = 25;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dunetrace-killed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whole lines, and what stands behind the last newline. */
function read(file: string) {
  const parts = readFileSync(file, "utf8").split("\n");
  const rest = parts.pop() ?? "";
  return { lines: parts, rest };
}

/** The runs of a file as its readers see them. */
function runsOf(lines: readonly string[]) {
  const assembler = new RunAssembler();
  for (const text of lines) {
    const parsed = parseLine(text);
    if (parsed.ok) assembler.add(parsed.line);
  }
  return new Map(
    [...assembler.takeFinished(), ...assembler.takeRest()].map(({ lines: grouped }) => {
      const run = rebuildRun(grouped);
      return [run.run_id, run] as const;
    }),
  );
}

describe("dunetrace collect, killed under load", () => {
  it("leaves whole lines, loses nothing older than its window, and is mended by a second delivery", async () => {
    const file = join(folder, "runs.ndjson");
    const args = ["--file", file, "--grace", String(GRACE_MS / 1000)];
    const first = await CollectProcess.start(args);
    const sent: { readonly number: number; readonly endMs: number; readonly acknowledged: number }[] = [];
    const isDue = ({ acknowledged }: { readonly acknowledged: number }, at: number): boolean =>
      at - acknowledged > WINDOW_MS + LATE_MS;
    for (let number = 0; sent.filter((one) => isDue(one, performance.now())).length < DUE; number++) {
      const endMs = Date.now();
      expect(await first.send(number, endMs)).toBe(200);
      sent.push({ number, endMs, acknowledged: performance.now() });
    }
    const killed = performance.now();
    expect(await first.end("SIGKILL")).toBeNull();

    const { lines, rest } = read(file);
    for (const line of lines) expect(parseLine(line).ok, line).toBe(true);
    if (rest !== "") expect(parseLine(rest).ok && rest.endsWith("}")).toBe(false);
    const kept = runsOf(lines);
    const due = sent.filter((one) => isDue(one, killed));
    expect(due.length).toBeGreaterThanOrEqual(DUE);
    for (const { number } of due) expect(kept.get(runIdOf(number))?.ended, `trace ${number}`).toBe("run.completed");

    const second = await CollectProcess.start(args);
    for (const { number, endMs } of sent) expect(await second.send(number, endMs)).toBe(200);
    // Within the time it remembers them, they add nothing.
    await expect.poll(() => second.metric("dunetrace_runs_total")).toBe(sent.length);
    for (const { number, endMs } of sent.slice(0, DUE)) expect(await second.send(number, endMs)).toBe(200);
    expect(await second.metric("dunetrace_spans_late_total")).toBeGreaterThan(DUE);
    expect(await second.end("SIGTERM")).toBe(0);

    const all = read(file);
    expect(all.rest).toBe("");
    const broken = all.lines.filter((line) => line !== "" && !parseLine(line).ok);
    // The line that was cut by the kill, if there was one.
    expect(broken.length).toBeLessThanOrEqual(1);
    const mended = runsOf(all.lines);
    expect(mended.size).toBe(sent.length);
    const once = runsOf(all.lines.slice(lines.length));
    for (const [run_id, run] of mended) {
      expect(run.ended).toBe("run.completed");
      expect(run.facts).toEqual(once.get(run_id)?.facts);
      expect(run.lines).toHaveLength(once.get(run_id)?.lines.length ?? 0);
    }
  });

  it("writes what is open when it is asked to end", async () => {
    const file = join(folder, "runs.ndjson");
    const collecting = await CollectProcess.start(["--file", file]);
    for (let number = 0; number < 30; number++) await collecting.send(number, Date.now());
    expect(await collecting.end("SIGTERM")).toBe(0);
    expect(collecting.stderr).toContain("Wrote 30 runs");
    const { lines, rest } = read(file);
    expect(rest).toBe("");
    const runs = runsOf(lines);
    expect(runs.size).toBe(30);
    for (const run of runs.values()) expect(run.ended).toBe("run.completed");
  });
});
