import { describe, expect, it } from "vitest";
import { listSignals, type SignalsPage, type SignalsRequest } from "./listSignals";
import { runOf, seconds, stored } from "./testLines";
import { TestLoki } from "./testLoki";

const day: SignalsRequest = { start: seconds(0), end: seconds(1000), now: seconds(1000) };
const verdict = (severity: string, shadow = false) => ({ severity, confidence: 0.9, shadow, base_severity: severity });

const live = (run_id: string, at: number, severity: string, phase = "live") =>
  stored("signal.detected", {
    run_id,
    at,
    seq: 3,
    step_index: 4,
    payload: {
      failure_type: "RETRY_STORM",
      severity,
      confidence: 0.8,
      phase,
      provisional: true,
      title: "t",
      evidence: { n: 3 },
      shadow: false,
    },
  });

const loki = () =>
  new TestLoki([
    ...runOf("a", 10, 20, { payload: { signals: { TOOL_LOOP: verdict("MEDIUM"), COST_SPIKE: verdict("HIGH") } } }),
    ...runOf("b", 30, 40, { payload: { signals: { TOOL_LOOP: verdict("LOW"), SLOW_STEP: verdict("HIGH", true) } } }),
    ...runOf("c", 50, 60, { payload: { signals: { RETRY_STORM: verdict("HIGH") } } }),
    live("c", 55, "MEDIUM"),
    ...runOf("recovered", 70, 80, { payload: { signals: {} } }),
    live("recovered", 75, "HIGH"),
    ...runOf("open", 90, undefined),
    live("open", 95, "MEDIUM"),
    live("open", 97, "HIGH"),
  ]);

const rows = ({ signals }: SignalsPage) =>
  signals.map((row) => [row.run_id, row.failure_type, row.severity, row.phase]);

describe("listSignals", () => {
  it("lists verdicts of ended runs and live signals of open ones", async () => {
    const page = await listSignals(loki(), day);
    expect(rows(page)).toEqual([
      ["open", "RETRY_STORM", "HIGH", "live"],
      ["c", "RETRY_STORM", "HIGH", "final"],
      ["a", "COST_SPIKE", "HIGH", "final"],
      ["a", "TOOL_LOOP", "MEDIUM", "final"],
    ]);
    expect(page.signals[0]).toMatchObject({ provisional: true, title: "t", evidence: { n: 3 }, step_index: 4 });
    expect(page.signals[1]?.run).toMatchObject({ run_id: "c", status: "completed" });
    expect([page.more, page.cut]).toEqual([false, undefined]);
  });

  it("filters by type, severity and shadow", async () => {
    const found = async (filter: SignalsRequest["filter"]) => rows(await listSignals(loki(), { ...day, filter }));
    expect(await found({ failure_types: ["TOOL_LOOP"], min_severity: "LOW" })).toEqual([
      ["b", "TOOL_LOOP", "LOW", "final"],
      ["a", "TOOL_LOOP", "MEDIUM", "final"],
    ]);
    expect(await found({ min_severity: "HIGH", shadow: true })).toEqual([
      ["open", "RETRY_STORM", "HIGH", "live"],
      ["c", "RETRY_STORM", "HIGH", "final"],
      ["b", "SLOW_STEP", "HIGH", "final"],
      ["a", "COST_SPIKE", "HIGH", "final"],
    ]);
    expect(await found({ min_severity: "CRITICAL" })).toEqual([]);
  });

  it("pages by runs, live signals on the first page only", async () => {
    const first = await listSignals(loki(), { ...day, limit: 1 });
    expect(rows(first).map(([run_id]) => run_id)).toEqual(["open", "c"]);
    const second = await listSignals(loki(), { ...day, limit: 1, cursor: first.cursor });
    expect(rows(second).map(([run_id]) => run_id)).toEqual(["a", "a"]);
    expect(second.more).toBe(false);
  });
});
