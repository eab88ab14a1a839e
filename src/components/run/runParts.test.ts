import { describe, expect, it } from "vitest";
import type { Line, UnknownLine } from "../../core/wire";
import { attributesOf, foundAttributes } from "./attributes";
import { cautionsOf } from "./cautions";
import { figuresOf } from "./figures";
import { finder } from "./find";
import { compareTarget, runTarget, spanOfRun } from "./links";
import { foundRows, jsonOf, shownPayload } from "./logRows";
import { factWords, observedOf } from "./observed";
import { stepRows } from "./stepRows";
import { tabAfterKey } from "./tabs";
import { LINES, testDetails, testRun } from "./testRun";

const run = testRun();

describe("figuresOf", () => {
  it("says how much a run took, in the words of the terminal", () => {
    expect(figuresOf(run).map(({ value, label }) => `${value} ${label}`)).toEqual([
      "9 s duration",
      "4 steps",
      "3.1k tokens",
      "$0.01 cost".replace("$0.01", "$0.010"),
    ]);
  });

  it("says what is not known, and is silent where there was nothing to measure", () => {
    const figures = figuresOf(testRun(LINES.slice(0, 2))).map(({ value, label }) => `${value} ${label}`);
    expect(figures).toContain("tokens no data");
    expect(figuresOf(testRun(LINES.slice(0, 1))).map(({ label }) => label)).not.toContain("cost");
  });
});

describe("cautionsOf", () => {
  it("is silent about a whole run", () => {
    const whole = testRun(LINES.slice(0, -1));
    expect(cautionsOf(testDetails(whole), undefined)).toEqual([]);
  });

  it("says what was cut, lost, dropped, unreadable and raw, worst first", () => {
    const raw = LINES.map((line): Line => (line.seq === 3 ? { ...line, raw: true } : line));
    const lossy = testRun(raw.filter(({ seq }) => seq !== 5));
    const details = { ...testDetails(), run: lossy, unreadable: 3 };
    const cautions = cautionsOf(details, { reason: "lines", at: 0n });
    expect(cautions.map(({ id }) => id)).toEqual(["cut", "missing", "dropped", "unreadable", "raw"]);
    expect(cautions[0]?.text).toContain("the first 9 are shown");
    expect(cautions[1]?.text).toContain("1 line of this run is missing");
  });
});

describe("finder", () => {
  it("wants all words, in any order and case", () => {
    expect(finder("SEARCH web")("tool web_search failed")).toBe(true);
    expect(finder("web llm")("tool web_search failed")).toBe(false);
    expect(finder("  ")("anything")).toBe(true);
  });
});

describe("the event log", () => {
  it("has every line in order and finds by type, payload and number", () => {
    expect(foundRows(run, "").map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(foundRows(run, "tool.responded timeout").map(({ index }) => index)).toEqual([8]);
    expect(foundRows(run, "#9").map(({ index }) => index)).toEqual([9]);
  });

  it("names raw content and never shows or finds it", () => {
    const [line] = foundRows(run, "#3").map((row) => row.line);
    if (line === undefined) throw new Error("There is no line 3");
    expect(shownPayload(line, "hash").hidden).toEqual(["args"]);
    expect(jsonOf(line, "hash")).not.toContain("secret");
    expect(JSON.parse(jsonOf(line, "hash"))).toMatchObject({ event_type: "tool.called", seq: 3, not_shown: ["args"] });
    expect(foundRows(run, "secret")).toEqual([]);
  });

  it("keeps lines of unknown types", () => {
    const unknown: UnknownLine = {
      agent_id: "agent",
      run_id: "run",
      seq: 10,
      step_index: 4,
      time: (LINES.at(-1)?.time ?? 0) + 1,
      event_type: '<b>"later"',
      payload: { x: 1 },
      unknown: true,
    };
    const rows = foundRows({ lines: [...LINES, unknown], capture: "hash" }, "later");
    expect(rows.map(({ line }) => shownPayload(line, "hash"))).toEqual([{ pairs: [], hidden: ["x"] }]);
  });
});

describe("stepRows", () => {
  it("has a row per step, and marks the slowest only where it was slow", () => {
    const rows = stepRows(run, "", 1000);
    expect(rows.map(({ step, name }) => `${step.step_index} ${name}`)).toEqual([
      "1 gpt-4o",
      "2 web_search",
      "3 web_search",
      "4 web_search",
    ]);
    expect(rows.filter(({ slowest }) => slowest).map(({ step }) => step.step_index)).toEqual([1]);
    expect(stepRows(run, "", 5000).some(({ slowest }) => slowest)).toBe(false);
  });

  it("finds steps by name, kind and what is known", () => {
    expect(stepRows(run, "tool failed timeouterror", 1000).map(({ step }) => step.step_index)).toEqual([4]);
  });
});

describe("observedOf", () => {
  it("puts each fact beside its limit and says whether it is past it", () => {
    expect(observedOf("TOOL_LOOP", testDetails())).toEqual([
      { fact: "loop_count", op: ">=", value: "3", limit: "3", holds: true },
    ]);
    expect(observedOf("SLOW_STEP", testDetails()).find(({ fact }) => fact === "slowest_llm_ms")).toMatchObject({
      op: ">",
      value: "1 s",
      holds: false,
    });
  });

  it("names facts in words", () => {
    expect([factWords("loop_count"), factWords("slowest_llm_ms"), factWords("cost_usd")]).toEqual([
      "loop count",
      "slowest llm",
      "cost",
    ]);
  });
});

describe("attributesOf", () => {
  const groups = attributesOf(testDetails());
  const value = (name: string) => groups.flatMap(({ rows }) => rows).find((row) => row.name === name)?.value;

  it("has everything known of the run, and says what is not", () => {
    expect(value("run_id")).toBe("run");
    expect(value("why")).toBe("GaveUp");
    expect(value("capture")).toBe("hash");
    expect(value("tools")).toBe("web_search");
    expect(value("dropped_events")).toBe("2");
    expect(value("rules")).toBe("33c2feb5");
    expect(value("team")).toBe("search");
    expect(value("session_id")).toBeUndefined();
  });

  it("is found by name and value", () => {
    const found = foundAttributes(groups, finder("33c2feb5"));
    expect(found.flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(["rules"]);
  });
});

describe("links", () => {
  it("carry a time within the run, so that it is found whatever the range", () => {
    expect(runTarget(run, { step: "2" })).toEqual({
      page: "run",
      id: "run",
      params: { at: String(run.started_at / 1000), step: "2" },
    });
    expect(compareTarget(run).params).toEqual({ a: "run", a_at: String(run.started_at / 1000) });
    const { from, to } = spanOfRun(run);
    expect(from).toBeLessThan(run.started_at / 1000);
    expect(to).toBeGreaterThan(run.ended_at / 1000);
  });
});

describe("tabAfterKey", () => {
  it("goes round", () => {
    expect(["ArrowRight", "ArrowLeft", "Home", "End", "x"].map((key) => tabAfterKey(key, 4, 5))).toEqual([
      0,
      3,
      0,
      4,
      undefined,
    ]);
  });
});
