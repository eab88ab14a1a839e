import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { main } from "../main";
import { dunetrace, records } from "../testing/command";
import { FakeIo, type FakeIoOptions } from "../testing/fakeIo";
import { folderWith } from "../testing/folder";
import { loopingRun, quietRun, RunWriter, START } from "../testing/runWriter";

const looping = loopingRun({ run_id: "bbbbbbbb-2" });
const quiet = quietRun({ run_id: "aaaaaaaa-1", start: START + 1_000_000 });

/** Starts `dunetrace dev` and leaves it running. */
function start(args: readonly string[], options: FakeIoOptions): { io: FakeIo; done: Promise<number> } {
  const io = new FakeIo(options);
  return { io, done: main(["dev", ...args], io) };
}

describe("dunetrace dev without a terminal", () => {
  it("prints a line when a run starts, a signal fires and a run ends, and stops with its input", async () => {
    const stalled = new RunWriter({ run_id: "cccccccc-3", start: START + 2_000_000 }).llm().text;
    const { code, out, err } = await dunetrace(["dev"], { stdin: quiet.text + looping.text + stalled });
    expect(out.split("\n")).toEqual([
      "10:00:01  started     aaaaaaaa  research-agent",
      "10:00:03  completed   aaaaaaaa  research-agent · 2.2 s · 3 steps · 370 tokens · $0.0014 · final answer",
      "10:00:00  started     bbbbbbbb  research-agent",
      "10:00:03  ● MEDIUM    bbbbbbbb  research-agent · TOOL_LOOP 0.50: web_search called 3 times with the same arguments",
      "10:00:03  ▲ HIGH      bbbbbbbb  research-agent · TOOL_LOOP 0.50: web_search called 3 times with the same arguments, same answer each time",
      "10:00:05  completed   bbbbbbbb  research-agent · 5.9 s · 9 steps · tokens: no data · cost: no data · final answer · ▲ HIGH TOOL_LOOP",
      "10:00:02  started     cccccccc  research-agent",
      "10:00:03  stalled     cccccccc  research-agent · 1 s · 1 step · tokens: no data · cost: no data",
      "",
    ]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it("prints objects as NDJSON, even on a terminal", async () => {
    const { out } = await dunetrace(["dev", "-", "--format", "ndjson"], {
      stdin: looping.text,
      terminal: { columns: 80, rows: 24 },
    });
    expect(records(out)).toMatchObject([
      { event: "started", run_id: looping.run_id, agent_id: "research-agent" },
      { event: "signal", failure_type: "TOOL_LOOP", severity: "MEDIUM" },
      { event: "signal", failure_type: "TOOL_LOOP", severity: "HIGH" },
      { event: "ended", status: "completed", signals: [{ failure_type: "TOOL_LOOP" }], facts: { steps: 9 } },
    ]);
  });

  it("follows files as they grow and are rotated, until it is interrupted", async () => {
    const cwd = folderWith({ "runs.ndjson": quiet.lines.slice(0, 4).join("") });
    const file = join(cwd, "runs.ndjson");
    const { io, done } = start(["runs.ndjson"], { cwd });
    const next = async (): Promise<string> => {
      const before = io.stdout.text.length;
      // File reads end on their own time: a tick is over when its reads are.
      for (let turn = 0; turn < 200 && io.stdout.text.length === before; turn++) await io.tick(1);
      return io.stdout.text.slice(before);
    };
    await io.settle();
    if (io.stdout.text === "") await next();
    expect(io.stdout.text).toBe("10:00:01  started     aaaaaaaa  research-agent\n");
    appendFileSync(file, quiet.lines.slice(4).join(""));
    expect(await next()).toContain("completed   aaaaaaaa");
    renameSync(file, `${file}.1`);
    writeFileSync(file, looping.lines.slice(0, 3).join(""));
    expect(await next()).toContain("started     bbbbbbbb");
    io.interrupt();
    expect(await done).toBe(0);
  });

  it("waits for a file that is not there yet, and says so", async () => {
    const cwd = folderWith({ "rnus.ndjson": "" });
    const { io, done } = start(["runs.ndjson"], { cwd });
    for (let turn = 0; turn < 200 && io.stderr.text === ""; turn++) await io.tick(1);
    expect(io.stderr.text).toBe("Waiting for runs.ndjson, which is not there yet; did you mean rnus.ndjson?\n");
    writeFileSync(join(cwd, "runs.ndjson"), quiet.text);
    for (let turn = 0; turn < 200 && !io.stdout.text.includes("completed"); turn++) await io.tick(1);
    expect(io.stdout.text).toContain("completed   aaaaaaaa");
    io.interrupt();
    expect(await done).toBe(0);
    expect(io.stderr.text.split("\n")).toHaveLength(2);
  });

  it("does not wait for a .gz, which is read once", async () => {
    const { code, err } = await dunetrace(["dev", "runs.gz"], { cwd: folderWith() });
    expect({ code, err }).toEqual({ code: 2, err: "dunetrace: No such file: runs.gz\n" });
  });

  it("calls a run stalled after the time it is given", async () => {
    const { io, done } = start(["-", "--stall-after", "5"], {
      stdinStaysOpen: true,
      stdin: quiet.lines.slice(0, 3).join(""),
    });
    await io.settle();
    await io.tick(4999);
    expect(io.stdout.text).not.toContain("stalled");
    await io.tick(1);
    expect(io.stdout.text).toContain("stalled     aaaaaaaa");
    io.send(quiet.lines.slice(3).join(""));
    await io.settle();
    expect(io.stdout.text).toContain("completed   aaaaaaaa");
    io.interrupt();
    expect(await done).toBe(0);
  });

  it("names lines it cannot read, and reads .gz files to their end", async () => {
    const cwd = folderWith({ "runs.gz": gzipSync(`${quiet.text}noise\n`) });
    const { out, err } = await dunetrace(["dev", "runs.gz"], { cwd });
    expect(out).toContain("completed   aaaaaaaa");
    expect(err).toBe("runs.gz:9: foreign: not a Dunetrace line\nSkipped 1 of 9 lines: 1 foreign\n");
  });

  it("ends with 2 when an input breaks, and quietly when nobody reads", async () => {
    const cwd = folderWith({ "runs.gz": gzipSync(quiet.text).subarray(0, -10) });
    expect(await dunetrace(["dev", "runs.gz"], { cwd })).toMatchObject({
      code: 2,
      err: "dunetrace: Cannot read runs.gz as gzip: unexpected end of file; it is cut off or damaged: copy it or compress it anew\n",
    });
    expect(await dunetrace(["dev", "-"], { stdin: quiet.text, closedAfter: 1 })).toMatchObject({ code: 0, err: "" });
  });
});

describe("dunetrace dev on a terminal", () => {
  const terminal = { columns: 80, rows: 24 };
  /** What the last frame shows. */
  const screen = (io: FakeIo): string[] =>
    (io.stdout.text.split("\u001b[H").at(-1) ?? "").replaceAll("\u001b[K", "").replaceAll("\u001b[J", "").split("\r\n");

  it("says which file it waits for", async () => {
    const cwd = folderWith();
    const { io, done } = start(["late.ndjson"], { cwd, terminal, env: { NO_COLOR: "1" } });
    for (let turn = 0; turn < 200 && !io.stdout.text.includes("waiting"); turn++) await io.tick(1);
    expect(screen(io)[0]).toMatch(/^dunetrace dev · .* waiting for late\.ndjson$/);
    writeFileSync(join(cwd, "late.ndjson"), quiet.text);
    for (let turn = 0; turn < 200 && !screen(io)[0]?.includes("1 run"); turn++) await io.tick(1);
    expect(screen(io)[0]).toMatch(/^dunetrace dev · 1 run .* reading late\.ndjson$/);
    io.press("q");
    expect(await done).toBe(0);
  });

  it("lists runs, opens one on a key, goes back and leaves the terminal as it was", async () => {
    const options = { stdin: quiet.text + looping.text, terminal, env: { NO_COLOR: "1" } };
    const { io, done } = start([], options);
    await io.settle();
    expect(screen(io).slice(0, 5)).toEqual([
      "dunetrace dev · 2 runs · 1 with HIGH or worse                        input ended",
      "",
      "  STATUS    RUN      AGENT          DURATION STEPS  TOKENS    COST SIGNALS",
      "› completed aaaaaaaa research-agent    2.2 s     3     370 $0.0014",
      "  completed bbbbbbbb research-agent    5.9 s     9 no data no data ▲ HIGH",
    ]);
    expect(screen(io)).toContain("10:00:03  ▲ HIGH      bbbbbbbb  research-agent: web_search called 3 times with …");
    expect(screen(io)).toHaveLength(24);

    io.press("\u001b[B\r");
    await io.settle();
    expect(screen(io)[0]).toBe("research-agent · run bbbbbbbb");
    expect(screen(io).at(-1)).toMatch(/^↑↓ scroll, \d+ more {2}c code {2}f detectors/);
    io.press("f");
    await io.settle();
    expect(screen(io)[0]).toBe("Detectors");
    io.press("\u001b");
    await io.settle();
    expect(screen(io)[4]).toMatch(/^› completed bbbbbbbb/);
    io.press("q");
    expect(await done).toBe(0);
    expect(io.stdout.text.startsWith("\u001b[?1049h\u001b[?25l")).toBe(true);
    expect(io.stdout.text.endsWith("\u001b[?25h\u001b[?1049l")).toBe(true);
  });

  it("shows what comes in while it runs, and time passing", async () => {
    const { io, done } = start(["-"], { stdinStaysOpen: true, terminal, env: { NO_COLOR: "1" } });
    await io.settle();
    expect(screen(io)[3]).toBe("  Waiting for runs (reading stdin).");
    io.send(looping.lines.slice(0, 2).join(""));
    await io.settle();
    await io.tick();
    expect(screen(io)[3]).toMatch(/^› running {3}bbbbbbbb research-agent +260 ms/);
    io.send(looping.lines.slice(2).join(""));
    await io.settle();
    await io.tick();
    expect(screen(io)[3]).toMatch(/^› completed bbbbbbbb/);
    io.press("\u0003");
    expect(await done).toBe(0);
  });

  it("gives the terminal back when something breaks", async () => {
    const cwd = folderWith({ "runs.gz": gzipSync(quiet.text).subarray(0, -10) });
    const { io, done } = start(["runs.gz"], { cwd, terminal });
    expect(await done).toBe(2);
    expect(io.stdout.text.endsWith("\u001b[?25h\u001b[?1049l")).toBe(true);
    expect(io.stderr.text).toContain("Cannot read runs.gz as gzip");
  });

  it("prints lines when asked to", async () => {
    const { out } = await dunetrace(["dev", "-", "--plain"], { stdin: quiet.text, terminal });
    expect(out).toContain("started     aaaaaaaa");
  });
});
