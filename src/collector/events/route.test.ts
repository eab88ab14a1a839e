import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, judge } from "../../core/detectors";
import { rebuildRun } from "../../core/run";
import { RunAssembler } from "../../core/run/assembler";
import { parseLine } from "../../core/wire";
import { LazyPrices } from "../../sdk/prices";
import { REDUCTION } from "../../sdk/reduction";
import { testCollector } from "../testCollector";

const FIXTURES = "test/fixtures/python";
const CANARY = "canary-7f3a91";
const fixtures = readdirSync(FIXTURES).filter((name) => name.endsWith(".ndjson"));
const textOf = (name: string): string => readFileSync(join(FIXTURES, name), "utf8");
const prices = new LazyPrices();

/** The runs in lines, as readers see them; `undefined` facts where a terminal line states none. */
function runsOf(text: string) {
  const assembler = new RunAssembler();
  for (const line of text.split("\n")) {
    const read = parseLine(line, REDUCTION);
    if (read.ok) assembler.add(read.line);
  }
  return assembler.takeRest().map(({ lines }) => {
    const run = rebuildRun(lines, { prices });
    const { ended, exit_reason, evidence } = run;
    const { signals } = judge({
      facts: run.facts,
      ended,
      exit_reason,
      baseline: {},
      settings: DEFAULT_SETTINGS,
      evidence,
    });
    return { run, signals };
  });
}

const seen = (text: string) =>
  runsOf(text).map(({ run, signals }) => ({
    run_id: run.run_id,
    agent_id: run.agent_id,
    agent_version: run.agent_version,
    exit_reason: run.exit_reason,
    facts: run.facts,
    signals: signals.map(({ failure_type, severity }) => [failure_type, severity]),
  }));

describe("POST /v1/events", () => {
  it.each(fixtures)("makes of the lines of %s judged runs that read the same", async (name) => {
    const { post, written, collector } = testCollector();
    const text = textOf(name);
    const answer = await post("/v1/events", text);
    const lines = text.trimEnd().split("\n").length;
    expect([answer.status, await answer.json()]).toEqual([200, { taken: lines, foreign: 0, broken: 0, problems: [] }]);
    const out = written.join("");
    expect(out).not.toContain(CANARY);
    expect(seen(out)).toEqual(seen(text));
    expect(collector.counters.unjudged_runs).toBe(0);
    for (const { run, signals } of runsOf(out)) {
      expect(run.facts_differ, run.agent_id).toEqual([]);
      const { facts_v, rules, signals: recorded = {} } = run.recorded ?? {};
      expect([facts_v, rules]).toEqual([1, expect.stringMatching(/^[0-9a-f]{8}$/)]);
      expect(Object.keys(recorded).sort()).toEqual(signals.map(({ failure_type }) => failure_type).sort());
      const told = run.lines.filter(({ event_type }) => event_type === "signal.detected");
      expect(told).toHaveLength(signals.length);
      expect(run.lines.at(-1)?.event_type).toMatch(/^run\.(completed|errored)$/);
      expect(run.raw_content).toBe(false);
    }
  });

  it("passes lines without content byte for byte", async () => {
    const { post, written } = testCollector();
    const text = textOf("dunetrace-0.3.21.ndjson");
    await post("/v1/events", text);
    const others = text
      .trimEnd()
      .split("\n")
      .filter((line) => !/"run\.(completed|errored)"/.test(line));
    const out = new Set(written);
    for (const line of others) expect(out).toContain(`${line}\n`);
  });

  it("leaves runs that judge themselves as they are", async () => {
    const { post, written } = testCollector();
    await post("/v1/events", textOf("dunetrace-0.3.21.ndjson"));
    const judged = written.join("");
    const second = testCollector();
    await second.post("/v1/events", judged);
    expect(second.written.join("")).toBe(judged);
    expect(second.collector.intake.runs.open).toBe(0);
  });

  it("judges a run once, whose lines come in many requests, in any order and twice", async () => {
    const { post, written, collector } = testCollector();
    const lines = textOf("dunetrace-0.3.21.ndjson").trimEnd().split("\n");
    for (const line of lines) await post("/v1/events", line);
    for (const line of lines) await post("/v1/events", line);
    const runs = runsOf(written.join(""));
    expect(runs.map(({ run }) => run.facts_differ)).toEqual(runs.map(() => []));
    expect(collector.counters.runs).toBe(runs.length);
    expect(collector.counters.duplicate_lines).toBe(runs.length);
    expect(collector.intake.runs.open).toBe(0);
    const shuffled = testCollector();
    await shuffled.post("/v1/events", lines.toSorted((a, b) => a.length - b.length).join("\n"));
    const inOrder = new Map(seen(lines.join("\n")).map((run) => [run.run_id, run]));
    for (const run of seen(shuffled.written.join(""))) expect(run).toEqual(inOrder.get(run.run_id));
  });

  it("judges no run whose beginning it has not seen", async () => {
    const { post, written, collector } = testCollector();
    const lines = textOf("dunetrace-0.3.21.ndjson")
      .trimEnd()
      .split("\n")
      .filter((line) => !line.includes("run.started"));
    await post("/v1/events", lines.join("\n"));
    expect(written.join("")).not.toContain("facts_v");
    expect(written).toHaveLength(lines.length);
    expect(collector.counters.unjudged_runs).toBeGreaterThan(0);
  });

  it.each([
    ["nothing", "", 200, { taken: 0, foreign: 0, broken: 0 }],
    ["empty lines", "\n\r\n\n", 200, { taken: 0, foreign: 0, broken: 0 }],
    ["another program", "booting…\n{}\nnull\n", 200, { taken: 0, foreign: 3, broken: 0 }],
    ["a cut line", '{"ts":"2026-11-20T10:00:00.123456Z","level":"info"', 400, { taken: 0, foreign: 0, broken: 1 }],
    ["a line without a time", '{"logger":"dunetrace"}', 400, { taken: 0, foreign: 0, broken: 1 }],
    ["a long line", `{"logger":"dunetrace","a":"${"x".repeat(70_000)}"}`, 400, { taken: 0, foreign: 0, broken: 1 }],
  ])("answers %s", async (_, body, status, counts) => {
    const answer = await testCollector().post("/v1/events", body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(counts);
  });

  it("names broken lines by their number", async () => {
    const good = textOf("dunetrace-0.3.21.ndjson").split("\n")[0] ?? "";
    const answer = await testCollector().post("/v1/events", `${good}\nhello\n${good.slice(0, -20)}\n`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      taken: 1,
      foreign: 1,
      broken: 1,
      problems: [{ line: 3, reason: "the line is cut off" }],
    });
  });

  it("names lines that are no UTF-8", async () => {
    const bytes = Uint8Array.from([...Buffer.from('{"logger":"dunetrace","a":"'), 0xff, ...Buffer.from('"}\n')]);
    const answer = await testCollector().post("/v1/events", bytes);
    expect(await answer.json()).toMatchObject({ problems: [{ line: 1, reason: "not valid UTF-8" }] });
  });

  it("takes gzip, and refuses what is too large or of another encoding", async () => {
    const { post, written } = testCollector({ maxBodyBytes: 200_000 });
    const text = textOf("dunetrace-0.3.21.ndjson");
    const zipped = Uint8Array.from(gzipSync(text));
    expect((await post("/v1/events", zipped, { "content-encoding": "gzip" })).status).toBe(200);
    expect(written.length).toBeGreaterThan(0);
    expect((await post("/v1/events", "x".repeat(200_001))).status).toBe(413);
    const bomb = Uint8Array.from(gzipSync("x".repeat(1_000_000)));
    expect((await post("/v1/events", bomb, { "content-encoding": "gzip" })).status).toBe(413);
    expect((await post("/v1/events", "x", { "content-encoding": "br" })).status).toBe(415);
    expect((await post("/v1/events", "x", { "content-encoding": "gzip" })).status).toBe(400);
  });

  it("writes lines in the form that queries look for", async () => {
    const { post, written } = testCollector();
    const [first = ""] = textOf("dunetrace-0.3.21.ndjson").split("\n");
    const { agent_id, ...rest } = JSON.parse(first);
    await post("/v1/events", JSON.stringify({ agent_id, ...rest }).replaceAll('":', '": '));
    const [line = ""] = written;
    expect(JSON.parse(line)).toEqual(JSON.parse(first));
    expect(line).toMatch(/^\{"ts":"[^"]+","level":"info","logger":"dunetrace","event_type":"run.started","agent_id":/);
  });

  it("never fails, and lets no content through, whatever is sent", async () => {
    const line = fc.record(
      {
        ts: fc.oneof(fc.constant("2026-11-20T10:00:00.123456Z"), fc.string(), fc.anything()),
        logger: fc.constant("dunetrace"),
        event_type: fc.oneof(
          fc.constantFrom("run.started", "tool.called", "tool.responded", "run.completed", "memory.written"),
          fc.anything(),
        ),
        agent_id: fc.oneof(fc.string({ minLength: 1 }), fc.anything()),
        run_id: fc.oneof(fc.constantFrom("a", "b"), fc.anything()),
        step_index: fc.oneof(fc.nat(), fc.anything()),
        payload: fc.oneof(
          fc.dictionary(
            fc.oneof(fc.constantFrom("tool_name", "args", "output", "meta2", "text", "model", "url"), fc.string()),
            fc.oneof(fc.constant(CANARY), fc.constant({ deep: [CANARY] }), fc.anything()),
          ),
          fc.anything(),
        ),
      },
      { requiredKeys: ["logger"] },
    );
    const hostile = fc.oneof(
      line.map((value) => JSON.stringify(value)),
      fc.string(),
    );
    const names = /"(tool_name|model)":"canary-7f3a91"/g;
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 20 }), async (lines) => {
        const { post, written, problems } = testCollector();
        const answer = await post("/v1/events", lines.join("\n"));
        expect([200, 400]).toContain(answer.status);
        expect(problems).toEqual([]);
        const out = written.join("");
        expect(out.replaceAll(names, "")).not.toContain(CANARY);
        for (const one of written) expect(parseLine(one, REDUCTION).ok, one).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
