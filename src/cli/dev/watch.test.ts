import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLine } from "../../core/wire";
import { CENT, testJudging } from "../testing/judging";
import { loopingRun, quietRun, RunWriter, START } from "../testing/runWriter";
import type { LiveEvent } from "./liveRun";
import { Watch, type WatchOptions } from "./watch";

const NOW = 1_795_168_800_000;

function newWatch(options: Partial<WatchOptions> = {}): Watch {
  return new Watch({
    judging: testJudging(),
    prices: CENT,
    recorded: false,
    stallAfterMs: 90_000,
    keep: 500,
    ...options,
  });
}

const summary = (event: LiveEvent): string => {
  if (event.kind === "signal") return `${event.signal.severity} ${event.signal.failure_type}`;
  return `${event.kind} ${event.kind === "ended" ? event.run.status : ""}`.trim();
};

function feed(watch: Watch, lines: readonly string[], now = NOW): (string | "late")[] {
  return lines.flatMap((text) => {
    const read = parseLine(text);
    if (!read.ok) throw new Error(read.reason);
    const events = watch.add(read.line, now);
    return events === "late" ? ["late"] : events.map(summary);
  });
}

describe("Watch", () => {
  it("tells of a run when it starts, of a signal when it fires and when it gets worse, and of the end", () => {
    const watch = newWatch();
    const writer = loopingRun();
    expect(feed(watch, writer.lines)).toEqual(["started", "MEDIUM TOOL_LOOP", "HIGH TOOL_LOOP", "ended completed"]);
    expect(feed(watch, writer.lines.slice(-1))).toEqual([]);
    const [run] = watch.runs();
    expect(run?.status).toBe("completed");
    expect(run?.judged().signals.map((signal) => signal.failure_type)).toEqual(["TOOL_LOOP"]);
    expect(run?.told).toMatchObject({ count: 1, worst: { severity: "HIGH" } });
  });

  it("tells of a signal while the run still goes on", () => {
    const watch = newWatch();
    const writer = loopingRun();
    const third = writer.lines.findIndex((line) => line.includes('"step_index":6') && line.includes("tool.responded"));
    expect(feed(watch, writer.lines.slice(0, third))).toEqual(["started", "MEDIUM TOOL_LOOP"]);
    expect(feed(watch, writer.lines.slice(third, third + 1))).toEqual(["HIGH TOOL_LOOP"]);
    expect(watch.runs()[0]?.status).toBe("running");
  });

  it("tells at the end what can only be judged then", () => {
    const watch = newWatch();
    const writer = new RunWriter({
      started: { tools: ["web_search"], input_hash: "aaaaaaaaaaaaaaaa", input_length: 3 },
    });
    for (let at = 0; at < 3; at++) writer.llm();
    expect(feed(watch, writer.completed().lines)).toEqual(["started", "MEDIUM TOOL_AVOIDANCE", "ended completed"]);
  });

  it("calls a run stalled by the wall clock of arrival, whatever its own times say", () => {
    const watch = newWatch();
    const writer = quietRun({ start: START - 86_400_000_000 });
    feed(watch, writer.lines.slice(0, 3));
    expect(watch.tick(NOW + 89_999).map(summary)).toEqual([]);
    expect(watch.runs()[0]?.durationMs(NOW + 1000)).toBe(2010);
    expect(watch.tick(NOW + 90_000).map(summary)).toEqual(["ended stalled"]);
    expect(watch.runs()[0]?.judged().run.status).toBe("stalled");
    expect(watch.tick(NOW + 200_000)).toEqual([]);
    expect(feed(watch, writer.lines.slice(3, 4), NOW + 200_000)).toEqual([]);
    expect(watch.runs()[0]?.status).toBe("running");
    expect(feed(watch, writer.lines.slice(4), NOW + 200_000)).toEqual(["ended completed"]);
  });

  it("tells of a call that hangs past its limit", () => {
    const watch = newWatch();
    const writer = new RunWriter().event("tool.called", { tool_name: "web_search" });
    feed(watch, writer.lines);
    expect(watch.tick(NOW + 10_000).map(summary)).toEqual([]);
    expect(watch.tick(NOW + 16_000).map(summary)).toEqual(["LOW SLOW_STEP"]);
    expect(watch.tick(NOW + 17_000).map(summary)).toEqual([]);
    expect(watch.tick(NOW + 80_000).map(summary)).toEqual(["HIGH SLOW_STEP"]);
  });

  it("says that runs without a terminal line are stalled when the input ends", () => {
    const watch = newWatch();
    feed(watch, [...quietRun().lines.slice(0, 2), ...quietRun({ run_id: "r2" }).lines]);
    expect(watch.close().map(summary)).toEqual(["ended stalled"]);
  });

  it("keeps so many runs, the finished and oldest go first, and a late line makes none anew", () => {
    const watch = newWatch({ keep: 2 });
    const open = quietRun({ run_id: "open" });
    const gone = quietRun({ run_id: "gone", start: START + 1_000_000 });
    const last = quietRun({ run_id: "last", start: START + 2_000_000 });
    feed(watch, [...open.lines.slice(0, 2), ...gone.lines, ...last.lines]);
    expect(watch.runs().map((run) => run.run_id)).toEqual(["last", "open"]);
    expect(feed(watch, gone.lines.slice(-1))).toEqual(["late"]);
    expect(feed(watch, open.lines.slice(2))).toEqual(["ended completed"]);
  });

  it("takes the producer's signals instead of its own when asked to", () => {
    const watch = newWatch({ recorded: true, judging: testJudging({ recorded: true }) });
    const recorded = { confidence: 0.9, shadow: false, title: "Recorded", evidence: {} } as const;
    const writer = loopingRun().event("signal.detected", {
      failure_type: "COST_SPIKE",
      severity: "MEDIUM",
      phase: "live",
      ...recorded,
    });
    writer
      .event("signal.detected", { failure_type: "COST_SPIKE", severity: "MEDIUM", phase: "final", ...recorded })
      .completed({
        signals: { COST_SPIKE: { severity: "MEDIUM", base_severity: "MEDIUM", confidence: 0.9, shadow: false } },
      });
    const lines = writer.lines.filter((line, at) => !line.includes("run.completed") || at === writer.lines.length - 1);
    expect(feed(watch, lines)).toEqual(["started", "MEDIUM COST_SPIKE", "ended completed"]);
  });

  it("watches one agent when asked to, and leaves lines outside runs alone", () => {
    const watch = newWatch({ agent_id: "b" });
    feed(watch, [
      ...quietRun({ agent_id: "a", run_id: "r1" }).lines,
      ...quietRun({ agent_id: "b", run_id: "r2" }).lines,
    ]);
    const marker = JSON.stringify({
      ts: "2026-11-20T10:00:00.000000Z",
      level: "info",
      logger: "dunetrace",
      event_type: "deploy.marker",
      agent_id: "b",
      run_id: "",
      step_index: 0,
      payload: { version: "2" },
    });
    expect(feed(watch, [marker])).toEqual([]);
    expect(watch.runs().map((run) => run.run_id)).toEqual(["r2"]);
  });

  it("comes to the same final verdict in whatever order the lines of a run come before its end", () => {
    const { lines } = loopingRun();
    const body = lines.slice(0, -1);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(body, { minLength: body.length }),
        fc.array(fc.nat(body.length)),
        (shuffled, ticks) => {
          const watch = newWatch();
          const told: string[] = [];
          shuffled.forEach((line, at) => {
            told.push(...feed(watch, [line]));
            if (ticks.includes(at)) told.push(...watch.tick(NOW).map(summary));
          });
          told.push(...feed(watch, lines.slice(-1)));
          const [run] = watch.runs();
          expect(run?.judged().signals).toMatchObject([{ failure_type: "TOOL_LOOP", severity: "HIGH" }]);
          expect(told.filter((text) => text === "HIGH TOOL_LOOP")).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("lists nested runs under their parent in the order they started", () => {
    const watch = newWatch();
    feed(watch, [
      ...quietRun({ run_id: "parent" }).lines,
      ...quietRun({ run_id: "c2", parent_run_id: "parent", start: START + 2_000_000 }).lines,
      ...quietRun({ run_id: "c1", parent_run_id: "parent", start: START + 1_000_000 }).lines,
    ]);
    expect(watch.children("parent").map((run) => run.run_id)).toEqual(["c1", "c2"]);
  });
});
