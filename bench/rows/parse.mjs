import { DEFAULT_SETTINGS, judge, parseLine, RunAssembler, rebuildRun } from "../../lib/core.mjs";
import { micros, race } from "../harness.mjs";
import { realLines } from "../realLines.mjs";

/** Reads, groups, rebuilds and judges the lines as `dunetrace check` does. */
function check(lines) {
  const assembler = new RunAssembler();
  let signals = 0;
  const take = (groups) => {
    for (const { lines: grouped } of groups) {
      const run = rebuildRun(grouped);
      const { facts, ended, exit_reason } = run;
      signals += judge({
        facts,
        ended,
        exit_reason,
        baseline: {},
        settings: DEFAULT_SETTINGS,
        evidence: () => run.evidence,
      }).signals.length;
    }
  };
  for (const line of lines) {
    const result = parseLine(line);
    if (!result.ok) throw new Error(result.reason);
    assembler.add(result.line);
    take(assembler.takeFinished());
  }
  take(assembler.takeRest());
  return signals;
}

/** @returns {import("../harness.mjs").Result[]} */
export function parseRows() {
  const lines = realLines();
  let sink = 0;
  const best = race([
    {
      name: "parse",
      units: lines.length,
      run: () => {
        for (const line of lines) sink += JSON.parse(line).step_index;
      },
    },
    {
      name: "check",
      units: lines.length,
      run: () => {
        sink += check(lines);
      },
    },
  ]);
  if (sink === 0) throw new Error("nothing was read");
  const parse = best.get("parse") ?? 0;
  const whole = best.get("check") ?? 0;
  return [
    {
      row: "parse",
      what: "parse + rebuild + detect, lines/s",
      peer: "JSON.parse alone, same lines",
      value: parse / whole,
      unit: "×",
      bar: 0.6,
      atLeast: true,
      detail: `${micros(whole)} against ${micros(parse)} a line, ${lines.length} real lines`,
    },
    memoryRow(lines),
  ];
}

/** Heap growth over many copies of the same runs under new ids, per finished run. */
function memoryRow(lines) {
  const copies = 40;
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error("start with node --expose-gc");
  const runIds = new Set(lines.map((line) => JSON.parse(line).run_id));
  const assembler = new RunAssembler({ budget: 2000 });
  let finished = 0;
  const feed = (copy) => {
    for (const line of lines) {
      const result = parseLine(line.replace(/"run_id":"/, `"run_id":"${copy}-`));
      if (result.ok) assembler.add(result.line);
      for (const { lines: grouped } of assembler.takeFinished())
        finished += rebuildRun(grouped).facts.steps > 0 ? 1 : 0;
    }
  };
  for (let copy = 0; copy < 4; copy++) feed(copy);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let copy = 4; copy < copies; copy++) feed(copy);
  collect();
  const perRun = (process.memoryUsage().heapUsed - before) / ((copies - 4) * runIds.size);
  return {
    row: "parse",
    what: "heap kept for each finished run",
    peer: "none: an absolute bound",
    value: perRun,
    unit: " B",
    bar: 256,
    atLeast: false,
    detail: `${finished} runs read, one after the other`,
  };
}
