import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appRunHref } from "./appLinks";
import type { ReadFrame } from "./columns";
import { signalsFromFrames } from "./signalsFromFrames";

const frameOf = (columns: Readonly<Record<string, readonly unknown[]>>): ReadFrame => ({
  length: Math.max(...Object.values(columns).map(({ length }) => length)),
  fields: Object.entries(columns).map(([name, values]) => ({ name, values })),
});

describe("signalsFromFrames", () => {
  it("needs a run, a type and a severity and nothing else", () => {
    const { signals, missing, skipped } = signalsFromFrames([
      frameOf({ run_id: ["r1"], failure_type: ["TOOL_LOOP"], severity: ["high"] }),
    ]);
    expect([missing, skipped]).toEqual([[], 0]);
    expect(signals).toMatchObject([
      {
        run_id: "r1",
        severity: "HIGH",
        base_severity: "HIGH",
        title: "Tool loop",
        confidence: undefined,
        shadow: false,
      },
    ]);
    expect(signals[0]?.links).toEqual([{ title: "", href: "/a/dunetrace-agents-app/runs/~?id=r1", isExternal: false }]);
  });

  it("says which fields are missing", () => {
    expect(signalsFromFrames([frameOf({ run_id: ["r"] })]).missing).toEqual(["failure_type", "severity"]);
    expect(signalsFromFrames([])).toEqual({ signals: [], missing: [], skipped: 0 });
  });

  it("reads everything our datasource writes, worst and newest first", () => {
    const { signals } = signalsFromFrames([
      frameOf({
        time: [1, 3, 2],
        run_id: ["a", "b", "c"],
        agent_id: ["bot", "bot", null],
        failure_type: ["SLOW_STEP", "TOOL_LOOP", "TOOL_LOOP"],
        severity: ["CRITICAL", "LOW", "LOW"],
        confidence: [0.9, "0.5", null],
        shadow: [false, true, null],
        origin: ["recorded", "computed", "x"],
        differs: ["MEDIUM", "clear", null],
        fixes: ['[{"description":"Do","language":"typescript","code":"x()"},{"code":1}]', "by hand", "{}"],
        step_index: [6, -1, 1.5],
        rate: ["systemic", "first", "x"],
        rate_share: [0.2, null, null],
      }),
    ]);
    expect(signals.map(({ run_id }) => run_id)).toEqual(["a", "b", "c"]);
    expect(signals.map(({ differs }) => differs)).toEqual(["MEDIUM", null, undefined]);
    expect(signals.map(({ confidence }) => confidence)).toEqual([0.9, 0.5, undefined]);
    expect(signals.map(({ step_index }) => step_index)).toEqual([6, undefined, undefined]);
    expect(signals.map(({ shadow }) => shadow)).toEqual([false, true, false]);
    expect(signals.map(({ explanation }) => explanation.fixes)).toEqual([
      [{ description: "Do", language: "typescript", code: "x()" }],
      [{ description: "by hand", language: "text", code: "" }],
      [],
    ]);
    expect(signals.map(({ rate }) => rate)).toEqual([{ rate: "systemic", share: 0.2 }, { rate: "first" }, undefined]);
  });

  it("leaves out rows that are no signals and says how many", () => {
    const { signals, skipped } = signalsFromFrames([
      frameOf({ run_id: ["r", "", null], failure_type: ["X", "X", "X"], severity: ["bad", "LOW", "LOW"] }),
    ]);
    expect([signals, skipped]).toEqual([[], 3]);
  });

  it("takes any values without harm", () => {
    const values = fc.array(fc.anything(), { minLength: 2, maxLength: 2 });
    const columns = fc.record({ run_id: values, failure_type: values, severity: values, fixes: values, time: values });
    fc.assert(
      fc.property(columns, (data) => {
        const { signals, skipped } = signalsFromFrames([frameOf(data)]);
        expect(signals.length + skipped).toBe(2);
      }),
    );
  });
});

describe("appRunHref", () => {
  it("keeps hostile ids to themselves", () => {
    const id = '../x?y=1&z="<b>#';
    const url = new URL(appRunHref({ run_id: id, at: 5.7, step_index: 3 }), "http://grafana");
    expect(url.pathname).toBe("/a/dunetrace-agents-app/runs/~");
    expect(Object.fromEntries(url.searchParams)).toEqual({ id, at: "5", step: "3" });
  });
});
