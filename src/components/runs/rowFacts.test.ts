import { describe, expect, it } from "vitest";
import { badgesOf, costText, durationOf, durationText, isFresh, stepsText, tokensText, worstSignal } from "./rowFacts";
import { testRow, testSignal } from "./testRows";

const NOW = 1_012_000;
const open = { ended: undefined, duration_ms: undefined, steps: undefined } as const;
const running = testRow({ ...open, status: "running" }).run;
const stalled = testRow({ ...open, status: "stalled" }).run;
const bare = testRow({ duration_ms: undefined, steps: undefined }).run;

describe("what a row says of a run", () => {
  it("takes it from the terminal line", () => {
    const facts = {
      llm_calls: 2,
      total_tokens: 12_400,
      unmetered_llm_calls: 0,
      cost_usd: 0.031,
      unpriced_llm_calls: 0,
    };
    const { run } = testRow({ duration_ms: 41_200, steps: 1234, facts });
    expect([durationText(run, NOW), stepsText(run), tokensText(run), costText(run)]).toEqual([
      "41.2 s",
      "1,234",
      "12.4k",
      "$0.031",
    ]);
  });

  it("tells what is not known from what is not there yet", () => {
    expect([durationText(bare, NOW), stepsText(bare), tokensText(bare), costText(bare)]).toEqual(
      Array(4).fill("no data"),
    );
    expect([durationText(stalled, NOW), stepsText(stalled), tokensText(running), costText(running)]).toEqual(
      Array(4).fill("–"),
    );
  });

  it("says unpriced, never 0", () => {
    const facts = { llm_calls: 2, unpriced_llm_calls: 2, unmetered_llm_calls: 2 };
    expect([tokensText(testRow({ facts }).run), costText(testRow({ facts }).run)]).toEqual(["no data", "unpriced"]);
  });

  it("counts the time of a running run up to now", () => {
    expect(durationOf(running, NOW)).toBe(12_000);
    expect(durationOf(running, 0)).toBe(0);
    expect(durationOf(stalled, NOW)).toBeUndefined();
  });
});

describe("worstSignal", () => {
  it("takes the first that counts and counts the others", () => {
    const signals = [
      testSignal({ severity: "CRITICAL", shadow: true }),
      testSignal(),
      testSignal({ severity: "MEDIUM" }),
      testSignal({ severity: "LOW" }),
    ];
    expect(worstSignal(signals)).toEqual({ signal: signals[1], others: 1 });
  });

  it("is undefined where nothing counts or nothing is known", () => {
    expect(worstSignal([testSignal({ severity: "LOW" })])).toBeUndefined();
    expect(worstSignal(undefined)).toBeUndefined();
  });
});

describe("marks", () => {
  it("are the kind, where it says something, and STREAM", () => {
    expect(badgesOf(testRow({ kind: "mcp", facts: { streaming_llm_calls: 2 } }))).toEqual(["mcp", "STREAM"]);
    expect(badgesOf(testRow({ kind: "run", facts: { streaming_llm_calls: 0 } }))).toEqual([]);
  });

  it("call a run new for a while", () => {
    const row = testRow({ at: 1_001_000_000_000n });
    expect(isFresh(row, 1_001_000 + 5999, 6000)).toBe(true);
    expect(isFresh(row, 1_001_000 + 6000, 6000)).toBe(false);
  });
});
