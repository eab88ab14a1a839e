import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { dunetrace, records } from "../testing/command";
import { folderWith } from "../testing/folder";
import { loopingRun, quietRun } from "../testing/runWriter";

const runs = Array.from({ length: 300 }, (_, at) => quietRun({ run_id: `run-${at}` }));
const text = runs.map((run) => run.text).join("");
const cutGzip = gzipSync(loopingRun({ run_id: "looping" }).text + text).subarray(0, -400);

const readers = [["runs"], ["signals"], ["check"], ["check", "--allow-empty"], ["baselines", "--out", "-"]];

const NEXT = "name a file of lines as the SDK writes them, plain or gzipped";

/** Bytes of a picture or an archive: a fixed start, then noise. */
const binary = Buffer.concat([Buffer.from("\u0089PNG\r\n", "latin1"), Buffer.alloc(64), randomBytes(20_000)]);

/** What a command says last. */
const lastLine = (err: string): string | undefined => err.trimEnd().split("\n").at(-1);

describe("input without a line that can be read", () => {
  const first = runs[0]?.lines[0] ?? "";
  const cases: [string, string | Uint8Array, string][] = [
    ["is binary", binary, ""],
    ["is text with NUL bytes", "SQLite format 3\u0000\u0001\n\u0000\u0000\n", "2 broken"],
    ["has broken lines only", `${first.replace('"payload":{', '"payload":{{')}`, "1 broken"],
    ["has lines that break the wire format only", first.replace(/"ts":"[^"]*"/, '"ts":"noon"'), "1 invalid"],
    ["is one line, cut after its event type", first.slice(0, 150), "1 cut"],
    ["is one line, cut before its event type", first.slice(0, 4), "1 foreign"],
    ["has broken lines among others", `starting …\nlistening\nready\n${first.slice(0, 200)}\n`, "3 foreign, 1 cut"],
    ["has one line that is too long", "x".repeat(70_000), "1 oversized"],
  ];

  it.each(cases)("ends every command with 2 and names the file when it %s", async (_, content, kinds) => {
    const cwd = folderWith({ junk: content });
    for (const [command = "", ...options] of readers) {
      const { code, err } = await dunetrace([command, "junk", ...options], { cwd });
      expect(code, command).toBe(2);
      expect(lastLine(err), command).toContain(
        "dunetrace: Cannot read junk: none of its lines is a whole Dunetrace line (",
      );
      expect(lastLine(err)).toContain(`(${kinds}`);
      expect(lastLine(err)?.endsWith(NEXT)).toBe(true);
    }
    const dev = await dunetrace(["dev", "-"], { stdin: content });
    expect(dev).toMatchObject({ code: 2 });
    expect(lastLine(dev.err)).toContain("Cannot read stdin: none of its lines");
  });

  it.each([
    ["is a log of something else", `${"GET / 200\n".repeat(9)}{"level":30,"msg":"hello"}\n`],
    ["is such a log, cut off or with an odd byte", Buffer.from(`${"GET / 200\n".repeat(9)}caf\u00e9\n{"lev`, "latin1")],
    ["is empty", ""],
  ])("is no error when it %s: it holds no runs", async (_, content) => {
    const cwd = folderWith({ log: content });
    expect(await dunetrace(["runs", "log", "--format", "json"], { cwd })).toMatchObject({ code: 0, out: "[]\n" });
    expect((await dunetrace(["signals", "log"], { cwd })).code).toBe(0);
    expect((await dunetrace(["check", "log", "--allow-empty"], { cwd })).code).toBe(0);
    const check = await dunetrace(["check", "log"], { cwd });
    expect(check.code).toBe(2);
    expect(lastLine(check.err)).toBe(
      "dunetrace: No run was read, so nothing was checked; --allow-empty makes that fine",
    );
  });

  it("does not keep the runs of other files from being shown", async () => {
    const cwd = folderWith({ junk: binary, "runs.ndjson": text });
    const { code, out, err } = await dunetrace(["runs", "junk", "runs.ndjson", "--format", "ndjson"], { cwd });
    expect(records(out)).toHaveLength(300);
    expect(code).toBe(2);
    expect(lastLine(err)).toContain("Cannot read junk");
  });
});

describe("a gzip file that is cut off", () => {
  const cwd = (): string => folderWith({ "cut.gz": cutGzip, "other.ndjson": quietRun({ run_id: "other" }).text });
  const message =
    "dunetrace: Cannot read cut.gz as gzip: unexpected end of file; it is cut off or damaged: copy it or compress it anew";

  it("shows what comes before, and the other files, then ends with 2", async () => {
    const { code, out, err } = await dunetrace(["runs", "cut.gz", "other.ndjson", "--format", "ndjson"], {
      cwd: cwd(),
    });
    const ids = records(out).map(({ run_id }) => run_id);
    expect(ids.length).toBeGreaterThan(200);
    expect(ids[0]).toBe("looping");
    expect(ids).toContain("other");
    expect(code).toBe(2);
    expect(lastLine(err)).toBe(message);
  });

  it("shows its signals, its findings and one run of it", async () => {
    const commands = [
      ["signals", "cut.gz"],
      ["check", "cut.gz"],
      ["run", "looping", "cut.gz"],
    ];
    for (const args of commands) {
      const { code, out, err } = await dunetrace(args, { cwd: cwd() });
      expect(out, args[0]).toContain("same answer each time");
      expect(code, args[0]).toBe(2);
      expect(lastLine(err), args[0]).toBe(message);
    }
    const missing = await dunetrace(["run", "run-299", "cut.gz"], { cwd: cwd() });
    expect({ code: missing.code, last: lastLine(missing.err) }).toEqual({ code: 2, last: message });
  });
});
