import { describe, expect, it } from "vitest";
import type { FactEvent } from "../../src/core/facts/event";
import { FactTracker } from "../../src/core/facts/tracker";
import { argumentsText } from "../../src/core/hashing";
import { type Run, rebuildRun } from "../../src/core/run";
import { parseLine } from "../../src/core/wire";
import { type Check, compareFacts, expectAgreement } from "./check";
import { showEvents } from "./compare";
import { FAKE_PRICES } from "./fakePrices";
import { generateRun } from "./generate";
import { type WrittenLine, writeRun } from "./lines";
import { oracleEnd, oracleFacts } from "./oracle";
import { inOrder, repeatLines, shuffleLines } from "./order";
import { Random } from "./random";
import { hash16 } from "./texts";

const RUNS = 5_000;

function track(events: readonly FactEvent[]): FactTracker {
  const tracker = new FactTracker({ prices: FAKE_PRICES });
  for (const event of events) tracker.add(event);
  return tracker;
}

function rebuild(lines: readonly WrittenLine[]): Run {
  const parsed = lines.map(({ text }) => {
    const result = parseLine(text, { hash: hash16, argumentsText });
    if (!result.ok) throw new Error(`${result.reason}: ${text}`);
    return result.line;
  });
  return rebuildRun(parsed, { prices: FAKE_PRICES });
}

function eventsIn(lines: readonly WrittenLine[]): FactEvent[] {
  return lines.flatMap(({ event }) => (event === undefined ? [] : [event]));
}

describe(`the facts of ${RUNS} generated runs`, () => {
  it("are those of the reference, and so is the end of the run", () => {
    for (let seed = 0; seed < RUNS; seed++) {
      const { events } = generateRun(seed);
      const check: Check<FactEvent> = (part) => compareFacts(oracleFacts(part, FAKE_PRICES), track(part).finish());
      expectAgreement(seed, events, check, showEvents);
      const { ended, exit_reason } = track(events);
      expect({ seed, ended, exit_reason }).toEqual({ seed, ...oracleEnd(events) });
    }
  });

  it("are right after every event, and reading them disturbs nothing", () => {
    for (let seed = RUNS; seed < RUNS + 600; seed++) {
      const { events } = generateRun(seed);
      const check: Check<FactEvent> = (part) => {
        const tracker = new FactTracker({ prices: FAKE_PRICES });
        const random = new Random(seed);
        for (const [index, event] of part.entries()) {
          tracker.add(event);
          if (part.length > 30 && !random.chance(0.1)) continue;
          const first = tracker.finish();
          const difference =
            compareFacts(oracleFacts(part.slice(0, index + 1), FAKE_PRICES), first) ??
            compareFacts(first, tracker.finish());
          if (difference !== undefined) return `after event ${index + 1}: ${difference}`;
        }
        return compareFacts(oracleFacts(part, FAKE_PRICES), tracker.finish());
      };
      expectAgreement(seed, events, check, showEvents);
    }
  });

  it("come out of lines of every era, in any order that says the same, repeated lines included", () => {
    for (let seed = 0; seed < RUNS; seed++) {
      const run = generateRun(seed);
      const written = writeRun(run);
      const random = new Random(seed);
      const shuffled = shuffleLines(written, random);
      const lines = random.pick([written, shuffled, repeatLines(shuffled, random)]);
      const check: Check<WrittenLine> = (part) => {
        if (part.length === 0) return undefined;
        const expected = eventsIn(inOrder(part));
        const rebuilt = rebuild(part);
        const end = { ended: rebuilt.ended, exit_reason: rebuilt.exit_reason };
        const expectedEnd = oracleEnd(expected);
        if (end.ended !== expectedEnd.ended || end.exit_reason !== expectedEnd.exit_reason) {
          return `end of the run: expected ${JSON.stringify(expectedEnd)}, got ${JSON.stringify(end)}`;
        }
        return compareFacts(oracleFacts(expected, FAKE_PRICES), rebuilt.facts);
      };
      expectAgreement(seed, lines, check, (part) => part.map(({ text }) => text).join("\n"));
    }
  });

  it("match those on the terminal line, and a wrong one there is named", () => {
    let ended = 0;
    for (let seed = 0; seed < 500; seed++) {
      const run = generateRun(seed);
      if (run.profile.era !== "schema" || oracleEnd(run.events).ended === undefined) continue;
      const facts = oracleFacts(eventsIn(inOrder(writeRun(run))), FAKE_PRICES);
      const right = rebuild(writeRun(run, () => facts));
      expect({ seed, differ: right.facts_differ }).toEqual({ seed, differ: [] });
      const wrong = rebuild(writeRun(run, () => ({ ...facts, tool_calls: facts.tool_calls + 1 })));
      expect({ seed, differ: wrong.facts_differ }).toEqual({ seed, differ: ["tool_calls"] });
      ended++;
    }
    expect(ended).toBeGreaterThan(100);
  });
});
