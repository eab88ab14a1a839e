import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Line, UnknownLine } from "../wire/line";
import { RunAssembler } from "./assembler";

let clock = 0;

function line(run_id: string, event_type: "run.started" | "input.received" | "run.completed"): Line {
  clock += 1;
  return { event_type, agent_id: "a", run_id, step_index: 0, payload: {}, time: clock, written: clock };
}

const ids = (runs: readonly { readonly run_id: string }[]): string[] => runs.map((run) => run.run_id);

describe("RunAssembler", () => {
  it("groups interleaved lines by run", () => {
    const assembler = new RunAssembler();
    for (const [run, type] of [
      ["r1", "run.started"],
      ["r2", "run.started"],
      ["r1", "input.received"],
      ["r2", "run.completed"],
      ["r1", "run.completed"],
    ] as const) {
      expect(assembler.add(line(run, type))).toBe("joined");
    }
    const runs = assembler.takeRest();
    expect(ids(runs)).toEqual(["r2", "r1"]);
    expect(runs.map((run) => run.lines.length)).toEqual([2, 3]);
    expect(runs.every((run) => run.finished)).toBe(true);
  });

  it("keeps finished runs within the budget and hands out the one that ended first", () => {
    const assembler = new RunAssembler({ budget: 3 });
    for (const run of ["r1", "r2"]) {
      assembler.add(line(run, "run.started"));
      assembler.add(line(run, "run.completed"));
    }
    expect(ids(assembler.takeFinished())).toEqual(["r1"]);
    expect(assembler.takeFinished()).toEqual([]);
    expect(ids(assembler.takeRest())).toEqual(["r2"]);
  });

  it("takes lines after the terminal one while the run waits, and calls them late afterwards", () => {
    const assembler = new RunAssembler({ budget: 2 });
    assembler.add(line("r1", "run.completed"));
    expect(assembler.add(line("r1", "input.received"))).toBe("joined");
    expect(assembler.takeFinished()).toEqual([]);
    assembler.add(line("r1", "run.completed"));
    expect(assembler.takeFinished().map((run) => run.lines.length)).toEqual([3]);
    expect(assembler.add(line("r1", "run.started"))).toBe("late");
    expect(assembler.takeRest()).toEqual([]);
  });

  it("never hands out a run without a terminal line before the end", () => {
    const assembler = new RunAssembler({ budget: 0 });
    for (let at = 0; at < 100; at++) assembler.add(line("open", "input.received"));
    expect(assembler.takeFinished()).toEqual([]);
    expect(assembler.takeRest()).toMatchObject([{ run_id: "open", finished: false }]);
  });

  it("soon hands out a run that is whole by seq, and keeps one that lacks a line for longer", () => {
    const assembler = new RunAssembler();
    const numbered = (run: string, seq: number, type: "input.received" | "run.completed"): Line => ({
      ...line(run, type),
      seq,
    });
    assembler.add(numbered("gap", 0, "input.received"));
    assembler.add(numbered("gap", 2, "run.completed"));
    for (let run = 0; run < 600; run++) {
      assembler.add(numbered(`r${run}`, 1, "run.completed"));
      assembler.add(numbered(`r${run}`, 0, "input.received"));
    }
    expect(ids(assembler.takeFinished())).toEqual(Array.from({ length: 475 }, (_, run) => `r${run}`));
    assembler.add(numbered("gap", 1, "input.received"));
    expect(assembler.takeRest().find((run) => run.run_id === "gap")?.lines).toHaveLength(3);
  });

  it("keeps lines outside runs apart", () => {
    const marker: UnknownLine = { ...line("", "run.started"), payload: {}, event_type: "x", unknown: true };
    const assembler = new RunAssembler();
    expect(assembler.add(marker)).toBe("outside");
    expect(assembler.takeRest()).toEqual([]);
  });

  it("hands out every line exactly once or calls it late, in an order that no budget changes", () => {
    const runIds = fc.constantFrom("r0", "r1", "r2", "r3");
    const types = fc.constantFrom("run.started", "input.received", "input.received", "run.completed" as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(runIds, types), { maxLength: 60 }), fc.nat(20), (events, budget) => {
        const assembler = new RunAssembler({ budget });
        const handedOut: string[] = [];
        let lines = 0;
        let late = 0;
        let waiting = 0;
        for (const [run, type] of events) {
          if (assembler.add(line(run, type)) === "late") late += 1;
          for (const group of assembler.takeFinished()) {
            handedOut.push(group.run_id);
            lines += group.lines.length;
          }
        }
        for (const group of assembler.takeRest()) {
          handedOut.push(group.run_id);
          lines += group.lines.length;
          waiting += group.finished ? group.lines.length : 0;
        }
        expect(lines + late).toBe(events.length);
        expect(waiting).toBeLessThanOrEqual(budget);
        expect(new Set(handedOut).size).toBe(handedOut.length);

        const ended = events.filter(([, type]) => type === "run.completed").map(([run]) => run);
        const started = events.map(([run]) => run);
        expect(handedOut).toEqual([...new Set([...ended, ...started])]);
      }),
    );
  });
});
