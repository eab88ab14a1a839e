import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawLogql } from "../builders";
import { collectLogs } from "./collectLogs";
import { MOST_LINES, type PagesRequest, pageLogs, type ReadEntry } from "./pageLogs";
import { seconds, stored } from "./testLines";
import { TestLoki } from "./testLoki";

const query = rawLogql('{agent_id=~".+"}');
const all = { query, start: seconds(0), end: seconds(1000) };

async function read(loki: TestLoki, request: PagesRequest): Promise<{ entries: ReadEntry[]; crowded: bigint[] }> {
  const entries: ReadEntry[] = [];
  const crowded: bigint[] = [];
  for await (const page of pageLogs(loki, request)) {
    entries.push(...page.entries);
    if (page.crowded !== undefined) crowded.push(page.crowded);
  }
  return { entries, crowded };
}

const seqs = (entries: readonly ReadEntry[]) =>
  entries.map(({ parsed }) => (parsed.ok ? parsed.line.seq : undefined)).sort((a, b) => (a ?? 0) - (b ?? 0));

describe("pageLogs", () => {
  it("reads every line once, however pages are cut and whatever shares a timestamp", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("forward" as const, "backward" as const),
        fc.boolean(),
        async (times, pageLines, direction, twice) => {
          const lines = times.map((at, seq) =>
            stored("external.signal", { run_id: "r", at, seq, payload: { signal_name: "s" } }),
          );
          const loki = new TestLoki(lines);
          // The same lines again in another stream, as a second shipper would bring them.
          if (twice) loki.add(...lines.map((line) => ({ ...line, labels: { ...line.labels, pod: "b" } })));
          const { entries, crowded } = await read(loki, { ...all, direction, pageLines });
          expect(seqs(entries)).toEqual(times.map((_at, seq) => seq));
          expect(crowded).toEqual([]);
          const order = entries.map(({ entry }) => entry.ts);
          const sign = direction === "forward" ? 1 : -1;
          expect(order).toEqual([...order].sort((a, b) => (a < b ? -sign : sign)));
        },
      ),
    );
  });

  it("tells lines without seq apart by the whole line", async () => {
    const line = stored("external.signal", { run_id: "r", at: 1, payload: { signal_name: "a" } });
    const other = stored("external.signal", { run_id: "r", at: 1, payload: { signal_name: "b" } });
    const loki = new TestLoki([line, other, { ...line, labels: { agent_id: "agent", pod: "b" } }]);
    const { entries } = await read(loki, { ...all, direction: "forward" });
    expect(entries.map(({ entry }) => entry.line)).toEqual([line.line, other.line]);
  });

  it("keeps lines that are not ours or broken", async () => {
    const loki = new TestLoki([{ ts: seconds(1), line: "oops", labels: { agent_id: "a" } }]);
    const { entries } = await read(loki, { ...all, direction: "forward" });
    expect(entries.map(({ parsed }) => parsed.ok)).toEqual([false]);
  });

  it("asks for more when a nanosecond fills a page, and says when Loki has no more to give", async () => {
    const many = Array.from({ length: 60 }, (_, seq) =>
      stored("external.signal", { run_id: "r", at: 5, seq, payload: { signal_name: "s" } }),
    );
    const around = [4, 6].map((at, n) =>
      stored("external.signal", { run_id: "r", at, seq: 100 + n, payload: { signal_name: "s" } }),
    );
    for (const direction of ["forward", "backward"] as const) {
      const { entries, crowded } = await read(new TestLoki([...many, ...around]), { ...all, direction, pageLines: 10 });
      expect(entries).toHaveLength(62);
      expect(crowded).toEqual([]);
    }
    const full = Array.from({ length: MOST_LINES + 10 }, (_, seq) =>
      stored("external.signal", { run_id: "r", at: 5, seq, payload: { signal_name: "s" } }),
    );
    for (const direction of ["forward", "backward"] as const) {
      const { entries, crowded } = await read(new TestLoki([...full, ...around]), { ...all, direction });
      expect(entries.length).toBeGreaterThanOrEqual(MOST_LINES);
      expect(crowded).toEqual([seconds(5)]);
      expect(entries.some(({ entry }) => entry.ts === seconds(4))).toBe(true);
      expect(entries.some(({ entry }) => entry.ts === seconds(6))).toBe(true);
    }
  });

  it("goes on after a cursor within a nanosecond", async () => {
    const lines = [0, 1, 2].map((seq) =>
      stored("external.signal", { run_id: "r", at: 5, seq, payload: { signal_name: "s" } }),
    );
    const first = await read(new TestLoki(lines), { ...all, direction: "backward" });
    const seen = first.entries.slice(0, 2).map(({ key }) => key);
    const rest = await read(new TestLoki(lines), { ...all, end: seconds(5) + 1n, direction: "backward", seen });
    expect(seqs(rest.entries)).toEqual([2]);
  });
});

describe("collectLogs", () => {
  const lines = [0, 1, 2, 3].map((at) =>
    stored("external.signal", { run_id: "r", at, seq: at, payload: { signal_name: "s" } }),
  );

  it("says where it was cut", async () => {
    const { entries, cut } = await collectLogs(new TestLoki(lines), { ...all, direction: "forward", pageLines: 3 }, 2);
    expect(seqs(entries)).toEqual([0, 1]);
    expect(cut).toEqual({ reason: "lines", at: seconds(2) });
  });

  it("is not cut when that was all", async () => {
    const { entries, cut } = await collectLogs(new TestLoki(lines), { ...all, direction: "forward" }, 4);
    expect(entries).toHaveLength(4);
    expect(cut).toBeUndefined();
  });
});
