import { describe, expect, it } from "vitest";
import { SDK_VERSION } from "../sdk/version";
import { main } from "./main";
import { dunetrace } from "./testing/command";
import { FakeIo } from "./testing/fakeIo";
import { folderWith } from "./testing/folder";
import { loopingRun, quietRun, RunWriter } from "./testing/runWriter";

const quiet = quietRun({ run_id: "quiet" }).text;

describe("wrong use", () => {
  it.each<[string[], string]>([
    [["rnus", "a"], "Unknown command 'rnus'; did you mean runs?"],
    [["runs", "--formt", "json", "-"], "Unknown option '--formt'; did you mean --format?"],
    [["check", "--xyzzy", "-"], "Unknown option '--xyzzy'; --help lists what there is"],
    [
      ["runs", "--format", "tabel", "-"],
      "Option '--format <format>' argument 'tabel' is none of table, json, ndjson; did you mean table?",
    ],
    [
      ["check", "--fail-on", "HIHG", "-"],
      "Option '--fail-on <severity>' argument 'HIHG' is none of LOW, MEDIUM, HIGH, CRITICAL; did you mean HIGH?",
    ],
    [
      ["check", "--max-cost", "much", "-"],
      "Option '--max-cost <usd>' argument 'much' must be a number of US dollars from 0.",
    ],
    [["runs", "--limit", "0", "-"], "Option '--limit <n>' argument '0' must be a whole number from 1."],
    [["runs"], "Nothing to read; name files, or a Loki: --loki http://localhost:3100"],
    [["check"], "Missing required argument 'files'; name a file, or - for stdin"],
    [["precision", "-"], "Required option '--truth <files...>' not specified"],
    [["runs", "-", "-"], "- stands for stdin and can be given once"],
    [["runs", "rnus.ndjson"], "No such file: rnus.ndjson; did you mean runs.ndjson?"],
    [
      ["runs", "runs.ndjson", "--detectors", "detectors.yaml"],
      "No such file: detectors.yaml; did you mean detector.yaml?",
    ],
    [["runs", "runs.ndjson", "--baselines", "broken.json"], "broken.json is not valid JSON"],
    [
      ["runs", "runs.ndjson", "--baselines", "list.json"],
      "list.json: the document is a list, not an object; make the file anew with `dunetrace baselines`",
    ],
    [["precision", "runs.ndjson", "--truth", "list.json"], 'list.json must map run_id to {"success": true or false}'],
    [["precision", "runs.ndjson", "--truth", "truth.json"], 'truth.json: r1 has no "success": true or false'],
    [["runs", "runs.ndjson", "--detectors", "broken.yml"], "broken.yml:3 is not valid YAML: "],
    [
      ["runs", "runs.ndjson", "--detectors", "typo.yml"],
      'typo.yml: unknown key "treshold" in "default.tool_loop". Did you mean "threshold"?',
    ],
    [
      ["dev"],
      "Nothing to watch; name a file, pipe lines in (dunetrace demo | dunetrace dev), or name a Loki with --loki",
    ],
  ])("%j is one sentence and exit code 2", async (args, sentence) => {
    const cwd = folderWith({
      "runs.ndjson": quiet,
      "detector.yaml": "",
      "broken.json": "{secret",
      "list.json": "[]",
      "truth.json": '{"r1": {"success": "yes"}}',
      "broken.yml": "default:\n  tool_loop: [\n",
      "typo.yml": "default:\n  tool_loop:\n    treshold: 3\n",
    });
    const { code, out, err } = await dunetrace(args, { cwd });
    expect(err.startsWith(`dunetrace: ${sentence}`), err).toBe(true);
    expect(err.split("\n")).toHaveLength(2);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it.each([
    ["typo.yml", 'DUNETRACE_DETECTORS: typo.yml: unknown key "treshold"'],
    ["broken.yml", "DUNETRACE_DETECTORS: broken.yml:2 is not valid YAML: "],
    ["brocken.yml", "DUNETRACE_DETECTORS: No such file: brocken.yml; did you mean broken.yml?"],
  ])("names the variable that names a wrong file of thresholds: %s", async (file, sentence) => {
    const files = { "typo.yml": "default:\n  tool_loop:\n    treshold: 3\n", "broken.yml": "default: [\n" };
    const { code, err } = await dunetrace(["runs", "-"], {
      cwd: folderWith(files),
      env: { DUNETRACE_DETECTORS: file },
      stdin: quiet,
    });
    expect(code).toBe(2);
    expect(err.startsWith(`dunetrace: ${sentence}`), err).toBe(true);
  });

  it("shows help on stdout when asked for, else on stderr", async () => {
    const asked = await dunetrace(["--help"]);
    expect(asked).toMatchObject({ code: 0, err: "" });
    for (const name of ["dev", "check", "runs", "run", "signals", "baselines", "precision", "schema"]) {
      expect(asked.out).toMatch(new RegExp(`^  ${name} `, "m"));
      const help = await dunetrace([name, "--help"]);
      expect(help.code, name).toBe(0);
      expect(help.out, name).toContain(`Usage: dunetrace ${name} `);
    }
    expect(await dunetrace([])).toMatchObject({ code: 2, out: "" });
    expect(await dunetrace(["--version"])).toEqual({ code: 0, out: `${SDK_VERSION}\n`, err: "" });
  });
});

describe("bad lines", () => {
  const noise = (line: string): string => `${line}\n`;

  it("are named by file and line with their reason, summed up, and change no run", async () => {
    const lines = quietRun({ run_id: "quiet" }).lines;
    const mixed = [
      noise("starting agent …"),
      lines[0],
      noise('{"ts":"2026-11-20T10:00:00.000000Z","logger":"dunetrace","event_type":"tool.called","agent_id":"a","run'),
      ...lines.slice(1, 3),
      noise('{"ts":"2026-11-20T10:00:00.000000Z","logger":"dunetrace","payload":{"run_id":"quiet",}}'),
      noise(""),
      noise('{"level":30,"msg":"hello"}'),
      noise(
        `{"ts":"yesterday\\u001b[2J","logger":"dunetrace","event_type":"tool.called","agent_id":"a","run_id":"quiet"}`,
      ),
      noise("x".repeat(70_000)),
      ...lines.slice(3),
    ].join("");
    const cwd = folderWith({ "mixed.log": mixed, "clean.log": lines.join("") });
    const [dirty, clean] = await Promise.all(
      ["mixed.log", "clean.log"].map((file) => dunetrace(["runs", file, "--format", "ndjson"], { cwd })),
    );
    expect(dirty?.out).toBe(clean?.out);
    expect(dirty?.code).toBe(0);
    expect(clean?.err).toBe("");
    expect(dirty?.err.split("\n")).toEqual([
      "mixed.log:1: foreign: not a Dunetrace line",
      "mixed.log:3: cut: the line is cut off",
      "mixed.log:6: broken: not valid JSON",
      "mixed.log:8: foreign: not a Dunetrace line",
      'mixed.log:9: invalid: ts "yesterday\\u001b[2J" is no RFC 3339 time',
      "mixed.log:10: oversized: 70,000 bytes, at most 65,536 are read",
      "Skipped 6 of 14 lines: 1 broken, 1 cut, 1 invalid, 1 oversized, 2 foreign",
      "",
    ]);
  });

  it("are named one by one up to 20, then counted", async () => {
    const { err, out } = await dunetrace(["runs", "-"], { stdin: `${"noise\n".repeat(25)}${quiet}` });
    const lines = err.split("\n");
    expect(lines[0]).toBe("stdin:1: foreign: not a Dunetrace line");
    expect(lines[19]).toBe("stdin:20: foreign: not a Dunetrace line");
    expect(lines.slice(20)).toEqual(["… and 5 lines more", "Skipped 25 of 33 lines: 25 foreign", ""]);
    expect(out).toContain("1 run ·");
  });

  it("say which fields had the wrong type", async () => {
    const odd = quiet
      .replace('"total_tokens"', '"total_tokens"')
      .replace('"prompt_tokens":100', '"prompt_tokens":"100"');
    const { err } = await dunetrace(["runs", "-"], { stdin: odd });
    expect(err).toBe("Fields of the wrong type were read as unknown in 1 line: prompt_tokens\n");
  });

  it("never let raw content of Python 0.4 and later through, and say that it was seen", async () => {
    const secret = "my-secret-order-4711";
    const line = (event_type: string, step_index: number, payload: object, ms: number): string =>
      `${JSON.stringify({
        ts: `2026-11-20T10:00:00.${String(ms).padStart(3, "0")}Z`,
        level: "info",
        logger: "dunetrace",
        event_type,
        agent_id: "py",
        run_id: "r1",
        agent_version: "59c22128",
        step_index,
        payload,
      })}\n`;
    const stdin = [
      line("run.started", 0, { input_text: secret, system_prompt: secret, model: "gpt-4o", tools: ["t"] }, 0),
      line("tool.called", 1, { tool_name: "t", args: { order: secret } }, 1),
      line("tool.responded", 1, { tool_name: "t", success: false, error: secret, output: secret }, 2),
      line("voice.heard", 1, { transcript: secret }, 3),
      line("run.errored", 1, { error_type: "ValueError", error: secret }, 4),
    ].join("");
    const runs = [
      ["runs", "-"],
      ["runs", "-", "--format", "json"],
      ["signals", "-", "--min-severity", "LOW"],
      ["check", "-"],
    ];
    const run = ["run", "r1", "-", "--facts", "--lines", "--fixes"];
    for (const args of [...runs, run, [...run, "--format", "json"], ["dev", "-"], ["dev", "-", "--format", "ndjson"]]) {
      const { out, err } = await dunetrace(args, { stdin });
      expect(out + err, args.join(" ")).not.toContain("4711");
      if (args[0] !== "dev") expect(err, args.join(" ")).toContain("Raw content was seen in 4 lines; it is not shown");
    }
  });

  it("never act on the terminal, whatever names they carry", async () => {
    const evil = "\u001b[2J\u001b]0;owned\u0007\u202e\u009b31m";
    const writer = new RunWriter({
      run_id: `r${evil}`,
      agent_id: `a${evil}`,
      agent_version: evil,
      session_id: evil,
      tags: { environment: evil },
      started: { model: evil, source: evil, tools: [evil], input_hash: "aaaaaaaaaaaaaaaa", input_length: 1 },
    });
    for (let at = 0; at < 5; at++) writer.tool(evil, "aaaaaaaaaaaaaaaa", { success: false, error_type: evil });
    writer
      .event("external.signal", { signal_name: evil, source: evil, meta: { [evil]: evil } })
      .event("llm.called", { model: evil })
      .event("llm.responded", { model: `${evil}2`, finish_reason: "stop", output_length: 0 })
      .event("retrieval.called", { index_name: evil })
      .errored({ error_type: evil });
    const commands = [
      ["runs", "-"],
      ["runs", "-", "--format", "json"],
      ["signals", "-", "--min-severity", "LOW", "--shadow"],
      ["check", "-", "--max-cost", "0"],
      ["run", "r", "-", "--facts", "--lines", "--steps", "--fixes"],
      ["run", "r", "-", "--format", "json", "--lines"],
      ["run", "x", "-"],
      ["runs", "-", "--agent", "x"],
      ["baselines", "-", "--min-runs", "1", "--out", "-"],
      ["dev", "-"],
    ];
    for (const args of commands) {
      const { out, err } = await dunetrace(args, { stdin: writer.text + loopingRun().text });
      expect((out + err).replaceAll("\n", ""), args.join(" ")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe("colours", () => {
  const run = (args: string[], env: Record<string, string>, terminal = true) =>
    dunetrace(["runs", "-", ...args], {
      stdin: loopingRun().text,
      env,
      ...(terminal ? { terminal: { columns: 100, rows: 30 } } : {}),
    });

  it("are there on a terminal only, and only when wanted", async () => {
    expect((await run([], {})).out).toContain("\u001b[31m▲ HIGH");
    expect((await run(["--no-color"], {})).out).not.toContain("\u001b");
    expect((await run([], { NO_COLOR: "1" })).out).not.toContain("\u001b");
    expect((await run([], { TERM: "dumb" })).out).not.toContain("\u001b");
    expect((await run([], {}, false)).out).not.toContain("\u001b");
    expect((await run([], { FORCE_COLOR: "1" }, false)).out).toContain("\u001b");
  });

  it("take nothing away: the text is the same without them", async () => {
    const coloured = (await run([], {})).out;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences that set colours
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe((await run(["--no-color"], {})).out);
  });
});

describe("progress", () => {
  it("is shown on a terminal while reading takes long, and taken away", async () => {
    const io = new FakeIo({ cwd: folderWith({ "runs.ndjson": quiet.repeat(500) }), progress: true });
    const now = io.now;
    // Every look at the clock takes 100 ms.
    io.now = () => {
      io.time += 100;
      return now();
    };
    expect(await main(["runs", "runs.ndjson", "--format", "ndjson"], io)).toBe(0);
    expect(io.stderr.text).toContain("\r\u001b[KReading runs.ndjson: ");
    expect(io.stderr.text).toContain(" MB of 1.1 MB");
    expect(io.stderr.text.endsWith("\r\u001b[K")).toBe(true);
  });
});
