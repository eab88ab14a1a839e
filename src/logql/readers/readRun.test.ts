import { describe, expect, it } from "vitest";
import { readRun } from "./readRun";
import { runOf, seconds, stored } from "./testLines";
import { TestLoki } from "./testLoki";

const DAY = 86_400;
const request = { run_id: "R", start: seconds(0), end: seconds(DAY), now: seconds(DAY) };

const tool = (at: number, seq: number, run_id = "R") =>
  stored("tool.called", { run_id, at, seq, step_index: 1, payload: { tool_name: "t" } });

describe("readRun", () => {
  it("reads and rebuilds one run among others", async () => {
    const loki = new TestLoki([
      ...runOf("R", 100, 120),
      tool(110, 1),
      ...runOf("R2", 100, 120),
      // Names the run without being of it.
      stored("run.started", { run_id: "child", at: 111, seq: 0, parent_run_id: "R" }),
    ]);
    const { run, lines, unreadable, cut } = await readRun(loki, request);
    expect(run?.status).toBe("completed");
    expect(run?.facts.tool_calls).toBe(1);
    expect(lines.map(({ seq }) => seq)).toEqual([0, 1, 9]);
    expect([unreadable, cut]).toEqual([0, undefined]);
    expect(loki.queries).toEqual(['{agent_id=~".+"} |= "R" | json rid="run_id" | rid="R"']);
  });

  it("widens its window until the run is whole", async () => {
    const loki = new TestLoki([...runOf("R", 1000, 40_000), tool(20_000, 1)]);
    const { run } = await readRun(loki, { ...request, around: seconds(20_000), agent_id: "agent" });
    expect(run?.status).toBe("completed");
    expect(run?.missing_lines).toBe(7);
    expect(loki.queries.length).toBeGreaterThan(1);
    expect(run?.lines).toHaveLength(3);
  });

  it("takes one query for a short run", async () => {
    const loki = new TestLoki([...runOf("R", 40_000, 40_010), tool(40_005, 1)]);
    const { run } = await readRun(loki, { ...request, around: seconds(40_010) });
    expect(run?.lines).toHaveLength(3);
    expect(loki.queries).toHaveLength(1);
  });

  it("finds events after the end", async () => {
    const late = stored("external.signal", { run_id: "R", at: 40_500, seq: 10, payload: { signal_name: "refund" } });
    const loki = new TestLoki([...runOf("R", 39_000, 40_010), late]);
    const { run } = await readRun(loki, { ...request, around: seconds(39_000) });
    expect(run?.lines.at(-1)?.event_type).toBe("external.signal");
  });

  it("says that there is no such run", async () => {
    expect(await readRun(new TestLoki([]), { ...request, around: seconds(500) })).toEqual({
      run: undefined,
      lines: [],
      unreadable: 0,
      cut: undefined,
    });
  });

  it("says what was cut and what could not be read", async () => {
    const loki = new TestLoki([...runOf("R", 100, 120), tool(110, 1), tool(111, 2)]);
    const cut = await readRun(loki, { ...request, maxLines: 2 });
    expect(cut.lines).toHaveLength(2);
    expect(cut.cut).toEqual({ reason: "lines", at: seconds(111) });
    loki.add({ ts: seconds(112), line: '{"run_id":"R"}', labels: { agent_id: "agent" } });
    expect((await readRun(loki, request)).unreadable).toBe(1);
  });

  it("tells a running run from a stalled one", async () => {
    const loki = new TestLoki(runOf("R", 100, undefined));
    expect((await readRun(loki, { ...request, now: seconds(150) })).run?.status).toBe("running");
    expect((await readRun(loki, { ...request, now: seconds(200) })).run?.status).toBe("stalled");
  });
});
