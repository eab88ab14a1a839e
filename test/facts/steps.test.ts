import { describe, expect, it } from "vitest";
import type { FactEvent } from "../../src/core/facts/event";
import { type Run, rebuildRun, type Step } from "../../src/core/run";
import { parseLine } from "../../src/core/wire";
import { type Check, expectAgreement } from "./check";
import { generateRun } from "./generate";
import { type WrittenLine, writeRun } from "./lines";
import { endOf, historyOf, millis } from "./oracle/history";
import { inOrder } from "./order";

const RUNS = 1_500;

type StepView = Pick<Step, "kind" | "step_index" | "turn" | "start" | "end" | "answered" | "duration_ms">;

function rebuild(lines: readonly WrittenLine[]): Run {
  const parsed = lines.flatMap(({ text }) => {
    const result = parseLine(text);
    return result.ok ? [result.line] : [];
  });
  return rebuildRun(parsed);
}

function eventsIn(lines: readonly WrittenLine[]): FactEvent[] {
  return inOrder(lines).flatMap(({ event }) => (event === undefined ? [] : [event]));
}

/** The calls of the run as steps; answers that stand alone are left out. */
function expectedSteps(events: readonly FactEvent[]): StepView[] {
  return historyOf(events).calls.flatMap((call) => {
    if (call.event === undefined) return [];
    const start = call.event.time;
    const end = Math.max(start, endOf(call, events).time);
    const duration_ms = call.answer?.event.payload.latency_ms ?? millis(end - start);
    const answered = call.answer !== undefined;
    return [{ kind: call.kind, step_index: call.step, turn: call.turn, start, end, answered, duration_ms }];
  });
}

function viewOf({ kind, step_index, turn, start, end, answered, duration_ms }: Step): StepView {
  return { kind, step_index, turn, start, end, answered, duration_ms };
}

const show = (lines: readonly WrittenLine[]): string => lines.map(({ text }) => text).join("\n");

describe(`the rebuilt steps of ${RUNS} generated runs`, () => {
  it("pair calls and answers and end as those of the reference", () => {
    for (let seed = 0; seed < RUNS; seed++) {
      const check: Check<WrittenLine> = (part) => {
        if (part.length === 0) return undefined;
        const steps = rebuild(part).steps.filter((step) => step.call !== undefined);
        const got = steps.map((step) => JSON.stringify(viewOf(step)));
        const expected = expectedSteps(eventsIn(part)).map((step) => JSON.stringify(step));
        const at = expected.findIndex((step, index) => step !== got[index]);
        if (at < 0 && expected.length === got.length) return undefined;
        return `step ${at}: expected ${expected[at]}, got ${got[at]}`;
      };
      expectAgreement(seed, writeRun(generateRun(seed)), check, show);
    }
  });

  it("have gaps of which the largest is slowest_gap_ms, where times never go back", () => {
    let compared = 0;
    for (let seed = 0; seed < RUNS; seed++) {
      const run = generateRun(seed);
      if (run.profile.backwards > 0 || run.events.length === 0) continue;
      const { gaps, facts, steps } = rebuild(writeRun(run));
      // An answer without a call fills the time it says it took, though no call is known to have been open.
      if (steps.some((step) => step.call === undefined) || facts.slowest_gap_ms < 2) continue;
      const largest = Math.max(0, ...gaps.filter((gap) => !gap.user).map((gap) => gap.ms));
      expect({ seed, largest }).toEqual({ seed, largest: facts.slowest_gap_ms });
      compared++;
    }
    expect(compared).toBeGreaterThan(100);
  });
});
