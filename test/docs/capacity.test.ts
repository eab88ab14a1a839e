import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { EVENT_TYPES } from "../../src/core/wire/events";
import { createAsk } from "../../src/logql/ask";
import { type OpenedStore, openStore } from "../../src/loki";
import { counting, VIEWS } from "./viewCosts";
import { POLLS } from "./viewPolls";

const ROOT = path.resolve(import.meta.dirname, "../..");
const PAGE = readFileSync(path.join(ROOT, "docs/capacity.md"), "utf8");
/** How far a figure of the page may be from what is measured. */
const TOLERANCE = 0.1;

/** The cells after the first one of the row that begins with this text. */
function row(start: string): string[] {
  const line = PAGE.split("\n").find((text) => text.startsWith(`| ${start}`));
  if (line === undefined) throw new Error(`docs/capacity.md has no row "${start}"`);
  return line
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

function demo(runs: number): string {
  const cli = path.join(ROOT, "lib/cli.mjs");
  return execFileSync(process.execPath, [cli, "demo", "--runs", String(runs)], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

const fixture = (name: string): string =>
  gunzipSync(readFileSync(path.join(ROOT, `test/fixtures/real/${name}.ndjson.gz`))).toString("utf8");

/** The figures of the first table, in the order of its columns. */
function measured(text: string): number[] {
  const lines = text.trimEnd().split("\n");
  const runs = new Set<string>();
  const streams = new Map<string, Set<string>>();
  const last: number[] = [];
  for (const line of lines) {
    const { run_id, agent_id, event_type } = JSON.parse(line);
    if (run_id !== "") runs.add(run_id);
    streams.set(agent_id, (streams.get(agent_id) ?? new Set()).add(event_type));
    if (event_type === "run.completed" || event_type === "run.errored") last.push(Buffer.byteLength(line) + 1);
  }
  const bytes = Buffer.byteLength(text);
  return [
    lines.length / runs.size,
    bytes / runs.size,
    bytes / lines.length,
    last.reduce((sum, size) => sum + size, 0) / last.length,
    Math.max(...[...streams.values()].map((of) => of.size)),
    bytes / gzipSync(text).length,
  ];
}

describe("the page on capacity", () => {
  it.each([
    ["10,000 demo runs", () => demo(3000)],
    ["106 real runs", () => fixture("tau-airline-dev")],
    ["95 real runs", () => fixture("tau2-airline-dev")],
  ])("knows what %s take", (name, text) => {
    const stated = row(name).map((cell) => Number.parseFloat(cell));
    const found = measured(text());
    expect(stated).toHaveLength(found.length);
    for (const [at, figure] of found.entries()) {
      expect(Math.abs((stated[at] ?? 0) / figure - 1), `column ${at + 1}: ${figure}`).toBeLessThan(TOLERANCE);
    }
  });

  it("knows how many kinds of events there are", () => {
    expect(PAGE).toContain(`${EVENT_TYPES.length} at most`);
    expect(PAGE).toContain(`all ${EVENT_TYPES.length} kinds of events`);
  });

  describe("on views", () => {
    let store: OpenedStore;
    beforeAll(() => {
      store = openStore({ clock: () => Date.now() });
      store.pushLines(demo(300).trimEnd().split("\n"));
    });
    afterAll(() => store.close());

    it.each(Object.entries(POLLS))("knows the queries of %s", async (name, poll) => {
      const { api, taken } = counting(store.api());
      const now = Date.now();
      const ask = createAsk(api, { scope: {}, config: new DetectorConfig(), now: () => now });
      const range = { from: now - 7 * 86_400_000, to: now + 1000 };
      // The first poll reads runs without verdicts too, which later ones know.
      await poll(ask, range, "support-bot");
      taken();
      await poll(ask, range, "support-bot");
      // Open runs take up to three queries more, and the demo may have none.
      const most = Number.parseInt(row(name)[0] ?? "", 10);
      const queries = taken();
      expect(queries).toBeLessThanOrEqual(most);
      expect(queries).toBeGreaterThan(most - 4);
    });

    it.each(Object.entries(VIEWS))("knows the queries of %s", async (name, ask) => {
      const { api, taken } = counting(store.api());
      const end = BigInt(Date.now() + 1000) * 1_000_000n;
      const start = end - 7n * 86_400_000_000_000n;
      await ask({ api, start, end, agent_id: "support-bot" });
      expect(taken()).toBe(Number.parseInt(row(name)[0] ?? "", 10));
    });
  });
});
