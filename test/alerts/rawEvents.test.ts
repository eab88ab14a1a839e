import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import {
  DEFAULT_SETTINGS,
  formatMicros,
  judge,
  parseLine,
  parseMicros,
  RunAssembler,
  rebuildRun,
} from "../../src/core";
import { ALL_AGENTS, RAW_ALERTS, type RawAlert, rawAlert } from "../../src/logql/alerts";
import { describeReal, push, type RealLoki, startLoki } from "../real";
import { evaluate } from "./evaluate";
import { EMPTY_HASH, line } from "./line";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures/python");
const NOW = Date.now();

/** The lines of the Python package, all of them moved in time so that the last one is some seconds old. */
function pythonLines(file: string): string[] {
  const lines = readFileSync(path.join(FIXTURES, file), "utf8").trim().split("\n");
  const times = lines.map((line) => parseMicros(/"ts":"([^"]*)"/.exec(line)?.[1] ?? "") ?? 0);
  const last = times.reduce((a, b) => Math.max(a, b), 0);
  const moved = (NOW - 5_000) * 1000 - last;
  return lines.map((line, at) => line.replace(/"ts":"[^"]*"/, `"ts":"${formatMicros((times[at] ?? 0) + moved)}"`));
}

/** Runs as the Python package writes them, each with one failure, and one that only looks like it. */
function ownLines(): string[] {
  let micros = (NOW - 20_000) * 1000;
  const run = (runId: string, started: object, events: readonly (readonly [string, number, object])[], end: object) => {
    const told = (event: string, step: number, payload: object): string => {
      micros += 1000;
      return line({ agentId: "python", runId, micros, event, step, payload });
    };
    const last = events.at(-1)?.[1] ?? 0;
    return [
      told("run.started", 0, { input_hash: "2cf24dba5fb0a30e", model: "gpt-4o", tools: ["search"], ...started }),
      ...events.map((event) => told(...event)),
      told("run.completed", last, { total_steps: last, tool_call_count: 0, ...end }),
    ];
  };
  const injected = (...matched_patterns: string[]) => ({
    injection_signal: { matched_pattern_count: matched_patterns.length, matched_patterns, input_length: 9 },
  });
  const tool = (latency_ms: number): [string, number, object][] => [
    ["tool.called", 5, { tool_name: "search", args_hash: "44136fa355b3678a" }],
    ["tool.responded", 5, { tool_name: "search", success: true, output_length: 3, latency_ms }],
  ];
  const llm = (latency_ms: number, finish_reason: string, output_hash: string): [string, number, object][] => [
    ["llm.called", 6, { model: "gpt-4o", prompt_tokens: 10 }],
    ["llm.responded", 6, { completion_tokens: 1, latency_ms, finish_reason, output_hash, output_length: 0 }],
  ];
  const done = { exit_reason: "final_answer" };
  return [
    run("empty", {}, llm(5, "end_turn", EMPTY_HASH), done),
    run("unknown-length", {}, llm(5, "stop", ""), done),
    run("asked-for-tool", {}, llm(5, "tool_calls", EMPTY_HASH), done),
    run("weak", injected("act_as"), [], done),
    run("two-weak", injected("act_as", "pretend"), [], done),
    run("strong", injected("system_tag"), [], done),
    run("slow-tool", {}, tool(15_001), done),
    run("not-slow", {}, tool(15_000), done),
    run("very-slow-tool", {}, tool(75_000), done),
    run("slow-llm", {}, llm(40_000, "tool_calls", EMPTY_HASH), done),
    run("very-slow-llm", {}, llm(150_001, "tool_calls", EMPTY_HASH), done),
    run("runaway", {}, [["llm.called", 50, { model: "gpt-4o" }]], { exit_reason: "max_steps" }),
    run("long", {}, [["llm.called", 60, { model: "gpt-4o" }]], done),
  ].flat();
}

describeReal("alerts on plain events on a real Loki", ["loki"], () => {
  const lines = readdirSync(FIXTURES)
    .filter((file) => file.endsWith(".ndjson"))
    .flatMap(pythonLines)
    .concat(ownLines());
  let loki: RealLoki;
  /** run_id and severity of what the read-time rebuild says, by type. */
  const judged = new Map<string, string[]>();

  beforeAll(async () => {
    loki = await startLoki();
    await push(loki.url, lines);
    const assembler = new RunAssembler();
    for (const text of lines) {
      const parsed = parseLine(text);
      if (parsed.ok) assembler.add(parsed.line);
    }
    for (const group of assembler.takeRest()) {
      const run = rebuildRun(group.lines);
      const { signals } = judge({ ...run, evidence: () => run.evidence, baseline: {}, settings: DEFAULT_SETTINGS });
      for (const { failure_type, severity } of signals) {
        judged.set(failure_type, [...(judged.get(failure_type) ?? []), `${run.run_id} ${severity}`]);
      }
    }
  }, 60_000);

  const found = async ({ type, severity }: RawAlert): Promise<string[]> => {
    const same = RAW_ALERTS.filter((alert) => alert.type === type && alert.severity === severity);
    const { thresholds } = DEFAULT_SETTINGS[type];
    const runs = new Set<string>();
    for (const alert of same) {
      const instances = await evaluate(loki.url, rawAlert({}, alert, [{ agents: ALL_AGENTS, thresholds }]), NOW);
      for (const { labels } of instances) runs.add(`${labels.run_id} ${severity}`);
    }
    return [...runs].sort();
  };

  it.each(RAW_ALERTS)("$name finds what the rebuild of Python's runs finds", async (alert) => {
    const expected = (judged.get(alert.type) ?? []).filter((one) => one.endsWith(` ${alert.severity}`));
    expect(expected).not.toEqual([]);
    expect(await found(alert)).toEqual(expected.sort());
  });
});
