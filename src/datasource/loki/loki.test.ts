import fc from "fast-check";
import { NEVER, of, throwError } from "rxjs";
import { describe, expect, it } from "vitest";
import type { LogEntry, LogQuery } from "../../logql/api";
import { rawLogql, runLines } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import { lokiErrorOf } from "./failures";
import { findLoki } from "./findLoki";
import { lastAnswer } from "./lastAnswer";
import { collectLines } from "./lines";
import { withoutVariables } from "./literal";
import { entriesOf, lokiFramesOf, samplesOf, seriesOf } from "./lokiFrames";

const asked = { url: "the datasource Loki of Grafana", query: '{a="b"}' };

describe("withoutVariables", () => {
  it("leaves nothing that Grafana would replace", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("$", "[", "{", "}", "]", "a", '"', "\\", "\n") }), (run_id) => {
        const protectedText = withoutVariables(runLines({}, { run_id, agent_id: run_id }));
        expect(protectedText).not.toMatch(/\$|\[\[/);
      }),
    );
  });

  it("keeps the query", () => {
    expect(withoutVariables('{a="$x[[y]]"} |= "\\"$" | json b="c"')).toBe(
      '{a="\\u0024x[\\u005by]]"} |= "\\"\\u0024" | json b="c"',
    );
    expect(withoutVariables("sum(count_over_time({a=~`b`}[5m]))")).toBe("sum(count_over_time({a=~`b`}[5m]))");
  });
});

describe("lastAnswer", () => {
  const frame = { fields: [] };

  it("takes the last emission of a split query", async () => {
    const parts = of({ data: [frame], state: "Streaming" }, { data: [frame, frame], state: "Done" });
    await expect(lastAnswer(parts, asked)).resolves.toHaveLength(2);
  });

  it.each([
    [of({ data: [frame], errors: [{ message: "parse error at line 1", refId: "A" }] }), "refused"],
    [of({ data: [], error: { status: 429, data: { message: "too many outstanding requests" } } }), "too_many_requests"],
    [of({ data: [], state: "Error" }), "unavailable"],
    [throwError(() => ({ status: 502, statusText: "Bad Gateway" })), "timeout"],
    [throwError(() => new Error("offline")), "unavailable"],
    [of(), "broken_answer"],
    [of("nonsense"), "broken_answer"],
  ])("fails where any part failed (%#)", async (parts, kind) => {
    await expect(lastAnswer(parts, asked)).rejects.toMatchObject({ name: "LokiError", kind });
  });

  it("stops listening when it is called off", async () => {
    const stop = new AbortController();
    const waiting = lastAnswer(NEVER, asked, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ kind: "aborted" });
    await expect(lastAnswer(NEVER, asked, stop.signal)).rejects.toMatchObject({ kind: "aborted" });
  });
});

describe("lokiErrorOf", () => {
  it.each([
    [{ status: 400, data: { message: "parse error" } }, "refused", 400],
    [{ status: 403, data: { message: "Access denied" } }, "unauthorised", 403],
    [{ status: 504 }, "timeout", 504],
    [{ status: 500, message: "context deadline exceeded" }, "timeout", 500],
    [{ status: 400, message: "maximum number of series (500) reached for a single query" }, "limit", 400],
    [{ cancelled: true }, "aborted", undefined],
    ["plain text", "unavailable", undefined],
    [undefined, "unavailable", undefined],
  ])("reads %j", (error, kind, status) => {
    const found = lokiErrorOf(error, asked);
    expect(found).toMatchObject({ kind, status });
    expect(found.message).toContain(";");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (error) => {
        expect(lokiErrorOf(error, asked)).toBeInstanceOf(LokiError);
      }),
    );
  });
});

describe("frames", () => {
  it("are read in the older and the newer shape, without the progress frame", () => {
    const ts = 1_795_168_841_123_456_789n;
    const older = {
      fields: [
        { name: "labels", type: "other", values: [{ agent_id: "a", rid: "r" }] },
        { name: "Time", type: "time", values: [1_795_168_841_123] },
        { name: "Line", type: "string", values: ["x"] },
        { name: "tsNs", type: "string", values: [String(ts)] },
        { name: "labelTypes", type: "other", values: [{ agent_id: "I", rid: "P" }] },
        { name: "derived", type: "string", values: ["link"] },
      ],
    };
    const newer = {
      fields: [
        { name: "timestamp", type: "time", values: [1_795_168_841_123], nanos: [456_789] },
        { name: "body", type: "string", values: ["x"] },
        { name: "labels", type: "other", values: [{ agent_id: "a" }] },
      ],
    };
    const progress = { name: "loki-splitting-progress", fields: [] };
    expect(entriesOf(lokiFramesOf([older, progress]), "forward")).toEqual([
      { ts, line: "x", labels: { agent_id: "a" }, parsed: { rid: "r" } },
    ]);
    expect(entriesOf(lokiFramesOf([newer]), "forward")).toEqual([
      { ts, line: "x", labels: { agent_id: "a" }, parsed: {} },
    ]);
  });

  it("of metrics become samples and series", () => {
    const table = {
      fields: [
        { name: "Time", type: "time", values: [2000, 2000] },
        { name: "agent_id", type: "string", values: ["a", ""] },
        { name: "Value #A", type: "number", values: [1, 2] },
      ],
    };
    expect(samplesOf(lokiFramesOf([table]))).toEqual([
      { metric: { agent_id: "a" }, time: 2, value: 1 },
      { metric: {}, time: 2, value: 2 },
    ]);
    const series = {
      fields: [
        { name: "Time", type: "time", values: [1000, 2000] },
        { name: "Value", type: "number", labels: { sev: "HIGH" }, values: [1, null] },
      ],
    };
    expect(seriesOf(lokiFramesOf([series]))).toEqual([{ metric: { sev: "HIGH" }, points: [{ time: 1, value: 1 }] }]);
  });

  it.each([[undefined], [[1]], [[{ fields: [{}] }]], [[{ fields: [{ name: "Line" }] }]]])(
    "that are none are refused (%#)",
    (data) => {
      expect(() => lokiFramesOf(data)).toThrow(expect.objectContaining({ name: "FrameError" }));
    },
  );
});

describe("collectLines", () => {
  const query = rawLogql("{a=~`.+`}");
  const offsets = fc.array(fc.integer({ min: 0, max: 20_000_000 }), { maxLength: 60 });
  const spans = fc.tuple(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 0, max: 20_000_000 }));

  it("gives what Loki would give, whatever the cap and wherever the span lies within its milliseconds", async () => {
    await fc.assert(
      fc.asyncProperty(
        offsets,
        spans,
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom("forward" as const, "backward" as const),
        fc.option(fc.integer({ min: 40, max: 70 }), { nil: undefined }),
        async (at, [a, b], limit, direction, cap) => {
          const ordered = (from: bigint, to: bigint): LogEntry[] => {
            const inRange = [...at]
              .sort((x, y) => x - y)
              .map(BigInt)
              .filter((ts) => ts >= from && ts < to);
            const lines = inRange.map((ts) => ({ ts, line: String(ts), labels: {}, parsed: {} }));
            return direction === "forward" ? lines : lines.reverse();
          };
          // A millisecond with more lines than are handed out at once cannot be read: that is another test.
          const perMs = new Map<number, number>();
          for (const one of at) perMs.set(Math.floor(one / 1e6), (perMs.get(Math.floor(one / 1e6)) ?? 0) + 1);
          fc.pre(cap === undefined || [...perMs.values()].every((count) => count < cap));
          const [start, end] = a < b ? [BigInt(a), BigInt(b)] : [BigInt(b), BigInt(a)];
          const request: LogQuery = { query, start, end, limit, direction };
          const found = await collectLines(request, cap, async (fromMs, toMs, lines) =>
            ordered(BigInt(fromMs) * 1_000_000n, BigInt(toMs) * 1_000_000n).slice(0, Math.min(lines, cap ?? lines)),
          );
          expect(found).toEqual(ordered(start, end).slice(0, limit));
        },
      ),
    );
  });

  it("says that one millisecond holds too many lines", async () => {
    const full = Array.from({ length: 5000 }, (_, at) => ({ ts: BigInt(at), line: "", labels: {}, parsed: {} }));
    const request: LogQuery = { query, start: 6000n, end: 9000n, limit: 5000, direction: "forward" };
    await expect(collectLines(request, undefined, async () => full)).rejects.toMatchObject({ kind: "limit" });
  });
});

describe("findLoki", () => {
  const settings = { lokiUid: "loki", problems: [] };
  const loki = { uid: "loki", type: "loki", name: "Loki", query: () => of() };

  it("finds it", async () => {
    await expect(findLoki(settings, async () => loki)).resolves.toBe(loki);
  });

  it.each([
    [{ ...settings, lokiUid: undefined }, async () => loki, "No Loki is set"],
    [settings, () => Promise.reject(new Error("not found")), "not found"],
    [settings, async () => ({ ...loki, type: "prometheus" }), "is no Loki"],
    [settings, async () => ({ ...loki, query: undefined }), "is no Loki"],
    [{ ...settings, problems: [{ setting: "baseSelector" as const, message: "Bad." }] }, async () => loki, "Bad."],
  ])("says what to set (%#)", async (given, get, text) => {
    await expect(findLoki(given, get)).rejects.toMatchObject({
      name: "LokiError",
      message: expect.stringContaining(text),
    });
  });
});
