import type { DataFrame } from "@grafana/data";
import { describe, expect, it } from "vitest";
import { rebuildFramed, runsFromFrames } from "./runsFromFrames";

const NOW = Date.UTC(2026, 10, 20, 10, 5);

function text(run_id: string, seq: number, event_type: string, payload: object = {}, more: object = {}): string {
  const ts = `2026-11-20T10:0${run_id === "old" ? 0 : 1}:0${seq}.000000Z`;
  const head = { ts, level: "info", logger: "dunetrace", event_type, agent_id: "agent", run_id, step_index: seq };
  return JSON.stringify({ ...head, payload, seq, schema: 1, ...more });
}

function frame(fields: Record<string, readonly unknown[]>): DataFrame {
  const length = Object.values(fields)[0]?.length ?? 0;
  const made: unknown = {
    length,
    fields: Object.entries(fields).map(([name, values]) => ({
      name,
      type: typeof values[0] === "number" ? "time" : "string",
      config: {},
      values,
    })),
  };
  if (!isFrame(made)) throw new Error("no frame");
  return made;
}

const isFrame = (made: unknown): made is DataFrame => typeof made === "object" && made !== null && "fields" in made;

const RUN = [
  text("new", 0, "run.started"),
  text("new", 1, "tool.called", { tool_name: "search", args_hash: "a" }),
  text("new", 2, "tool.responded", { tool_name: "search", success: true, output_length: 1 }),
  text("new", 3, "run.completed"),
];

describe("runsFromFrames", () => {
  it("reads lines from the fields of Loki, of the data plane and of our own frames, in any order", () => {
    for (const name of ["Line", "body", "line"]) {
      const { runs, missing } = runsFromFrames([
        frame({ Time: [1, 2, 3, 4], labels: ["", "", "", ""], [name]: RUN.toReversed() }),
      ]);
      expect(missing).toBeUndefined();
      expect(runs).toMatchObject([{ run_id: "new", agent_id: "agent" }]);
    }
  });

  it("takes any other field whose texts are lines", () => {
    expect(runsFromFrames([frame({ id: ["x"], raw: RUN.slice(0, 1) })]).runs).toHaveLength(1);
  });

  it("puts frames together, newest run first, and passes over what is not ours", () => {
    const { runs, others } = runsFromFrames([
      frame({ Line: [text("old", 0, "run.started"), "GET / 200", "{}", '{"run_id": 3}'] }),
      frame({ Line: RUN }),
    ]);
    expect(runs.map(({ run_id, lines }) => `${run_id} ${lines.length}`)).toEqual(["new 4", "old 1"]);
    expect(others).toBe(3);
  });

  it("says what is missing", () => {
    expect(runsFromFrames([]).missing).toBe("field");
    expect(runsFromFrames([frame({ Time: [1], Value: [2] })]).missing).toBe("field");
    expect(runsFromFrames([frame({ Line: ["GET / 200"] })]).missing).toBe("lines");
  });
});

describe("rebuildFramed", () => {
  it("rebuilds and judges a run, and finds runs nested in it", () => {
    const loop = [1, 3, 5].flatMap((seq) => [
      text("old", seq, "tool.called", { tool_name: "search", args_hash: "a" }),
      text(
        "old",
        seq + 1,
        "tool.responded",
        { tool_name: "search", success: true, output_length: 1 },
        { step_index: seq },
      ),
    ]);
    const nested = RUN.map((line) => line.replace('"schema":1', '"schema":1,"parent_run_id":"old"'));
    const { runs } = runsFromFrames([frame({ Line: [text("old", 0, "run.started"), ...loop, ...nested] })]);
    const old = runs.find(({ run_id }) => run_id === "old");
    if (old === undefined) throw new Error("not found");
    const rebuilt = rebuildFramed(old, runs, NOW);
    expect(rebuilt.run.status).toBe("stalled");
    expect(rebuilt.signals).toMatchObject([{ failure_type: "TOOL_LOOP", severity: "HIGH" }]);
    expect(rebuilt.nested).toMatchObject([{ run: { run_id: "new", status: "completed", duration_ms: 3000 } }]);
    expect(rebuildFramed(old, runs, Date.UTC(2026, 10, 20, 10, 1)).run.status).toBe("running");
  });
});
