import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { testCollector } from "../../src/collector/testCollector";

const TRACES = 10_000;
const SPANS_OF_ONE = 5;
const PER_REQUEST = 1000;
const REMEMBERED_MS = 600_000;
/** What the heap may have grown by once all is over, bytes. */
const MOST_GROWTH = 3_000_000;

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

function heap(): number {
  if (typeof collectGarbage !== "function") throw new Error("there is no gc");
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** The span with this place in its trace: the root comes last, as it ends last. */
function spanOf(trace: number, place: number, now: number) {
  const traceId = `c${(trace + 1).toString(16).padStart(31, "0")}`;
  const idOf = (of: number) => `d${((trace + 1) * SPANS_OF_ONE + of).toString(16).padStart(15, "0")}`;
  const isRoot = place === SPANS_OF_ONE - 1;
  return {
    traceId,
    spanId: idOf(place),
    ...(isRoot ? {} : { parentSpanId: idOf(SPANS_OF_ONE - 1) }),
    name: isRoot ? "invoke_agent shop" : "chat gpt-4o",
    startTimeUnixNano: `${now - 100 + place}000000`,
    endTimeUnixNano: `${now - 50 + place}000000`,
    attributes: [
      attribute("gen_ai.operation.name", isRoot ? "invoke_agent" : "chat"),
      attribute("gen_ai.request.model", "gpt-4o"),
      attribute("gen_ai.prompt.0.content", `question ${trace} ${"x".repeat(200)}`),
    ],
  };
}

describe("a collector of many traces", () => {
  it("holds 10,000 interleaved ones, writes each once, and forgets them", { timeout: 180_000 }, async () => {
    let now = 1_795_168_800_000;
    const { post, collector, written } = testCollector({ now: () => now });
    const pass = (ms: number): void => {
      now += ms;
      collector.tick();
    };
    let lines = 0;
    const deliver = async (from: number, to: number): Promise<void> => {
      for (let place = 0; place < SPANS_OF_ONE; place++) {
        for (let first = from; first < to; first += PER_REQUEST) {
          const spans = Array.from({ length: Math.min(PER_REQUEST, to - first) }, (_, at) =>
            spanOf(first + at, place, now),
          );
          const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
          expect((await post("/v1/traces", body, { "content-type": "application/json" })).status).toBe(200);
        }
      }
    };
    const finish = (): void => {
      pass(2000);
      lines += written.splice(0).length;
      pass(REMEMBERED_MS);
    };
    // Code and caches of the first traces stay.
    await deliver(TRACES, TRACES + 2000);
    finish();
    const before = heap();

    await deliver(0, TRACES);
    expect(collector.traces.open).toBe(TRACES);
    const full = heap();
    pass(2000);
    expect(collector.traces).toMatchObject({ open: 0, remembered: TRACES });
    await deliver(0, 1000);
    pass(60_000);
    finish();

    expect(heap() - before).toBeLessThan(MOST_GROWTH);
    expect(full - before).toBeGreaterThan(MOST_GROWTH);
    expect(collector.traces).toMatchObject({
      spans: (TRACES + 2000 + 1000) * SPANS_OF_ONE,
      open: 0,
      remembered: 0,
      closed_traces: TRACES + 2000,
      evicted_traces: 0,
      dropped_spans: 0,
      duplicate_spans: 0,
      late_spans: 1000 * SPANS_OF_ONE,
    });
    expect(collector.counters).toMatchObject({ runs: TRACES + 2000, traces_without_run: 0, lost_lines: 0, lines });
    // Start, four calls with their answers, end.
    expect(lines).toBe((TRACES + 2000) * 10);
  });

  it("makes room for new traces by closing the one that was silent longest, and counts it", async () => {
    const now = 1_795_168_800_000;
    const { post, collector, written } = testCollector({ now: () => now });
    const spans = Array.from({ length: TRACES + 50 }, (_, trace) => spanOf(trace, 0, now));
    for (let at = 0; at < spans.length; at += PER_REQUEST) {
      const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: spans.slice(at, at + PER_REQUEST) }] }] });
      await post("/v1/traces", body, { "content-type": "application/json" });
    }
    expect(collector.traces).toMatchObject({ open: TRACES, evicted_traces: 50, closed_traces: 50 });
    expect(new Set(written.map((line): string => JSON.parse(line).run_id)).size).toBe(50);
    expect(written[0]).toContain(`"run_id":"c0000000-0000-0000-0000-000000000001"`);
  });
});
