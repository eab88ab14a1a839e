import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Step } from "../../core/run";
import { alignSteps } from "./align";

/** `s:1` is a call of tool s with arguments 1. */
const stepsOf = (...texts: readonly string[]): Step[] =>
  texts.map((text, index) => {
    const [name = "", args_hash = ""] = text.split(":");
    return {
      kind: "tool",
      name,
      step_index: index + 1,
      turn: 1,
      start: index,
      end: index + 1,
      answered: true,
      duration_ms: 1,
      failed: false,
      call: { tool_name: name, args_hash },
      answer: undefined,
      human: false,
    };
  });

const textOf = (step: Step | undefined): string => {
  if (step === undefined) return "";
  return step.call !== undefined && "args_hash" in step.call ? `${step.name}:${step.call.args_hash}` : `${step.name}`;
};
const aligned = (a: Step[], b: Step[]) =>
  alignSteps(a, b).rows.map((row) => `${textOf(row.a)} ${row.same ? "=" : "|"} ${textOf(row.b)}`);

describe("alignSteps", () => {
  it("leaves equal runs as they are", () => {
    const steps = stepsOf("s:1", "f:2");
    expect(aligned(steps, stepsOf("s:1", "f:2"))).toEqual(["s:1 = s:1", "f:2 = f:2"]);
  });

  it("lets what only one run did stand alone", () => {
    expect(aligned(stepsOf("s:1", "s:2", "f:3"), stepsOf("s:1", "f:3", "x:4"))).toEqual([
      "s:1 = s:1",
      "s:2 | ",
      "f:3 = f:3",
      " | x:4",
    ]);
  });

  it("pairs calls of one tool with other arguments, and prefers the same arguments", () => {
    expect(aligned(stepsOf("s:1"), stepsOf("s:2"))).toEqual(["s:1 | s:2"]);
    expect(aligned(stepsOf("s:1"), stepsOf("s:9", "s:1"))).toEqual([" | s:9", "s:1 = s:1"]);
  });

  it("keeps both runs whole and in order", () => {
    const steps = fc.array(fc.constantFrom("a:1", "a:2", "b:1", "c:3"), { maxLength: 12 });
    fc.assert(
      fc.property(steps, steps, (a, b) => {
        const { rows, exact } = alignSteps(stepsOf(...a), stepsOf(...b));
        expect(exact).toBe(true);
        expect(rows.flatMap((row) => (row.a === undefined ? [] : [textOf(row.a)]))).toEqual(a);
        expect(rows.flatMap((row) => (row.b === undefined ? [] : [textOf(row.b)]))).toEqual(b);
        for (const row of rows) if (row.a && row.b) expect(row.a.name).toBe(row.b.name);
      }),
    );
  });

  it("says so where runs are too long, and still aligns their ends", () => {
    const long = (letter: string) => Array.from({ length: 3000 }, (_, at) => `${letter}:${at}`);
    const { rows, exact } = alignSteps(stepsOf("s:1", ...long("a"), "e:1"), stepsOf("s:1", ...long("b"), "e:1"));
    expect(exact).toBe(false);
    expect([rows[0]?.same, rows.at(-1)?.same, rows.length]).toEqual([true, true, 3002]);
  });
});
