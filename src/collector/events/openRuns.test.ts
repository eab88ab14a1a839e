import { describe, expect, it } from "vitest";
import { type Line, parseLine } from "../../core/wire";
import { OpenRuns } from "./openRuns";

function line(run_id: string, event_type: string): Line {
  const payload = event_type === "tool.called" ? { tool_name: "t" } : {};
  const text = {
    ts: "2026-11-20T10:00:00Z",
    logger: "dunetrace",
    event_type,
    agent_id: "a",
    run_id,
    step_index: 0,
    payload,
  };
  const read = parseLine(JSON.stringify(text));
  if (!read.ok || "unknown" in read.line) throw new Error("no line");
  return read.line;
}
const start = (runs: OpenRuns, id: string): void => runs.add(line(id, "run.started"));
const call = (runs: OpenRuns, id: string): void => runs.add(line(id, "tool.called"));

describe("OpenRuns", () => {
  it("keeps a run from its start until it is taken", () => {
    const runs = new OpenRuns();
    call(runs, "a");
    start(runs, "a");
    call(runs, "a");
    expect(runs.take("a")?.map(({ event_type }) => event_type)).toEqual(["run.started", "tool.called"]);
    expect(runs.take("a")).toBeUndefined();
    expect(runs.open).toBe(0);
  });

  it("gives up the run that was heard of least lately when there are too many lines", () => {
    const runs = new OpenRuns({ inAll: 4 });
    for (const id of ["a", "b", "c"]) start(runs, id);
    call(runs, "a");
    call(runs, "c");
    expect([runs.take("b"), runs.open, runs.evicted]).toEqual([undefined, 2, 1]);
  });

  it("gives up a run that is too long, and takes up no rest of it", () => {
    const runs = new OpenRuns({ perRun: 2 });
    start(runs, "a");
    for (let at = 0; at < 5; at++) call(runs, "a");
    expect([runs.take("a"), runs.open, runs.evicted]).toEqual([undefined, 0, 1]);
  });

  it("holds no more than its limits, however many runs never end", () => {
    const runs = new OpenRuns({ inAll: 100, remembered: 10 });
    for (let at = 0; at < 5000; at++) {
      start(runs, `run-${at}`);
      runs.remember(`run-${at}`, at);
    }
    expect([runs.open, runs.evicted]).toEqual([100, 4900]);
    expect([runs.judgedBy("run-0"), runs.judgedBy("run-4999")]).toEqual([undefined, 4999]);
  });
});
