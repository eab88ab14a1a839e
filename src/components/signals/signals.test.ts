import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FailureType, Severity } from "../../core/wire";
import type { SignalItem } from "../../logql/ask";
import { groupSignals, needsALook, pairsOf } from "./groups";
import { holdRows } from "./held";
import { noSignals, takeNewest, takeOlder } from "./pages";

interface Told {
  run?: string;
  agent?: string;
  version?: string;
  type?: FailureType;
  severity?: Severity;
  shadow?: boolean;
  phase?: "final" | "live";
  differs?: Severity | null;
}

function signalAt(at: number, told: Told = {}): SignalItem {
  const { run = `run-${at}`, agent = "bot", version = "v1", type = "TOOL_LOOP", severity = "HIGH" } = told;
  return {
    run_id: run,
    agent_id: agent,
    agent_version: version,
    session_id: undefined,
    failure_type: type,
    severity,
    base_severity: severity,
    confidence: 0.9,
    shadow: told.shadow ?? false,
    title: `${type} at ${at}`,
    evidence: {},
    provisional: false,
    origin: "recorded",
    differs: told.differs,
    explanation: { title: "", what: "", why: "", evidence: "", fixes: [] },
    phase: told.phase ?? "final",
    at,
    started_at: undefined,
  };
}

describe("groupSignals", () => {
  it("groups by agent, type, version and shadow, newest first", () => {
    const groups = groupSignals([
      signalAt(5, { severity: "HIGH", differs: null }),
      signalAt(1, { severity: "CRITICAL" }),
      signalAt(9, { version: "v2" }),
      signalAt(7, { shadow: true }),
      signalAt(3, { type: "SLOW_STEP" }),
    ]);
    expect(groups.map(({ last_at, runs, worst }) => [last_at, runs, worst.severity])).toEqual([
      [9, 1, "HIGH"],
      [7, 1, "HIGH"],
      [5, 2, "CRITICAL"],
      [3, 1, "HIGH"],
    ]);
    expect(groups[2]).toMatchObject({ differing: 1, agent_version: "v1", worst: { at: 1 } });
  });

  it("counts a run once, and keeps every signal in one group", () => {
    const some = fc.array(
      fc.record({ at: fc.nat(50), run: fc.constantFrom("a", "b"), agent: fc.constantFrom("x", "y") }),
    );
    fc.assert(
      fc.property(some, (told) => {
        const groups = groupSignals(told.map(({ at, run, agent }) => signalAt(at, { run, agent })));
        expect(groups.reduce((sum, { signals }) => sum + signals.length, 0)).toBe(told.length);
        expect(groups.every(({ runs, signals }) => runs <= signals.length && runs > 0)).toBe(true);
      }),
    );
  });
});

describe("needsALook", () => {
  it("takes the worst and shows them newest first, without shadow ones", () => {
    const groups = groupSignals([
      signalAt(9, { type: "SLOW_STEP", severity: "MEDIUM" }),
      signalAt(8, { type: "RETRY_STORM", severity: "CRITICAL", shadow: true }),
      signalAt(5, { type: "TOOL_LOOP", severity: "HIGH" }),
      signalAt(2, { type: "COST_SPIKE", severity: "CRITICAL" }),
    ]);
    expect(needsALook(groups, 2).map(({ failure_type }) => failure_type)).toEqual(["TOOL_LOOP", "COST_SPIKE"]);
    expect(needsALook(groups, 9).map(({ last_at }) => last_at)).toEqual([9, 5, 2]);
  });
});

describe("pairsOf", () => {
  it("names each pair once, in an order that does not depend on the rows", () => {
    const groups = groupSignals([
      signalAt(1, { version: "a" }),
      signalAt(2, { version: "b" }),
      signalAt(3, { agent: "a" }),
    ]);
    expect(pairsOf(groups)).toEqual(pairsOf(groups.toReversed()));
    expect(pairsOf(groups)).toHaveLength(2);
  });
});

describe("holdRows", () => {
  const row = (id: string, state = 0) => ({ id, state });
  const keyOf = ({ id }: { id: string }) => id;

  it("keeps places and refreshes what is shown while it is held", () => {
    const shown = [row("b"), row("a")];
    const newer = [row("c"), row("a", 1), row("b", 1)];
    expect(holdRows(shown, newer, keyOf, true)).toEqual({ rows: [row("b", 1), row("a", 1)], waiting: 1 });
    expect(holdRows(shown, newer, keyOf, false)).toEqual({ rows: newer, waiting: 0 });
    expect(holdRows(undefined, newer, keyOf, true)).toEqual({ rows: newer, waiting: 0 });
  });

  it("appends what comes below all that is shown", () => {
    const shown = [row("b"), row("a")];
    const newer = [row("d"), row("b"), row("c"), row("a"), row("z")];
    expect(holdRows(shown, newer, keyOf, true)).toEqual({ rows: [row("b"), row("a"), row("z")], waiting: 2 });
    expect(holdRows(shown, [row("x")], keyOf, true)).toEqual({ rows: shown, waiting: 1 });
  });
});

describe("pages of signals", () => {
  const page = (signals: SignalItem[], more = true) => ({
    signals,
    more,
    cursor: more ? { before: 1n, seen: [] } : undefined,
    cut: undefined,
  });
  const times = (pages: { readonly signals: readonly SignalItem[] | undefined }) => pages.signals?.map(({ at }) => at);

  it("shows the first page alone until more is loaded, then keeps older rows", () => {
    const first = takeNewest(noSignals("k"), page([signalAt(9), signalAt(8)]));
    expect(times(takeNewest(first, page([signalAt(10), signalAt(9)])))).toEqual([10, 9]);
    const further = takeOlder(first, page([signalAt(7), signalAt(6)], false));
    expect(times(takeNewest(further, page([signalAt(10), signalAt(9)])))).toEqual([10, 9, 8, 7, 6]);
    expect(further).toMatchObject({ more: false, further: true });
  });

  it("begins anew where more came than a page holds", () => {
    const further = takeOlder(takeNewest(noSignals("k"), page([signalAt(9)])), page([signalAt(7)]));
    expect(times(takeNewest(further, page([signalAt(30), signalAt(29)])))).toEqual([30, 29]);
  });

  it("drops live signals that the newest page no longer names", () => {
    const first = takeNewest(noSignals("k"), page([signalAt(9, { phase: "live" }), signalAt(8)]));
    const further = takeOlder(first, page([signalAt(7)]));
    expect(times(takeNewest(further, page([signalAt(8)])))).toEqual([8, 7]);
  });
});
