import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, judge, type Line, rebuildRun, type UnknownLine } from "../../src/core";
import { loadPrices } from "../../src/sdk/prices";
import { RecordedClient } from "../../src/sdk/testing/record";
import { Random } from "../facts/random";
import { randomRun } from "./randomRun";

const RUNS = 5000;
const prices = loadPrices();

/** One run as the SDK wrote it, or the lines as NDJSON when a check of them fails. */
function written(seed: number): { readonly lines: readonly (Line | UnknownLine)[]; readonly texts: readonly string[] } {
  const client = new RecordedClient();
  randomRun(client, new Random(seed));
  expect(client.dt.counters.faults, `seed ${seed}`).toBe(0);
  return { lines: client.lines, texts: client.texts };
}

describe(`${RUNS} random runs of the SDK`, () => {
  it("have the facts and the verdict that a reader finds in their lines", () => {
    let finished = 0;
    for (let seed = 0; seed < RUNS; seed++) {
      const { lines, texts } = written(seed);
      const random = new Random(seed + 1);
      const run = rebuildRun(random.chance(0.5) ? lines : random.shuffled(lines), { prices });
      const where = `seed ${seed}\n${texts.join("")}`;
      expect(run.missing_lines, where).toBe(0);
      if (run.ended === undefined) continue;
      finished++;
      expect(run.facts_differ, where).toEqual([]);
      const { facts, ended, exit_reason } = run;
      const { signals } = judge({
        facts,
        ended,
        exit_reason,
        baseline: {},
        settings: DEFAULT_SETTINGS,
        evidence: run.evidence,
      });
      const found = signals.map(({ failure_type, severity, confidence, shadow, base_severity }) => [
        failure_type,
        { severity, confidence, shadow, base_severity },
      ]);
      expect(run.recorded?.signals, where).toEqual(Object.fromEntries(found));
      const final = lines.filter((line) => line.event_type === "signal.detected" && line.payload.phase === "final");
      expect(
        final.map(({ payload }) => ("evidence" in payload ? [payload.title, payload.evidence] : payload)),
        where,
      ).toEqual(signals.map(({ title, evidence }) => [title, JSON.parse(JSON.stringify(evidence))]));
    }
    expect(finished).toBeGreaterThan(RUNS / 2);
  });

  it("keep the order of the wire: ts rises, seq counts, signals come before the end", () => {
    for (let seed = 0; seed < 500; seed++) {
      const { lines, texts } = written(seed);
      let last = 0;
      lines.forEach((line, index) => {
        const ts = line.written ?? line.time;
        expect(ts, `seed ${seed}\n${texts.join("")}`).toBeGreaterThan(last);
        expect(line.seq).toBe(index);
        last = ts;
      });
      const end = lines.findIndex(({ event_type }) => event_type === "run.completed" || event_type === "run.errored");
      if (end >= 0) expect(end).toBe(lines.length - 1);
    }
  });

  it("report live nothing that does not hold at the end, unless they said that it may be taken back", () => {
    const severities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];
    let live = 0;
    for (let seed = 0; seed < RUNS; seed++) {
      const { lines, texts } = written(seed);
      const end = lines.at(-1);
      if (end?.event_type !== "run.completed" && end?.event_type !== "run.errored") continue;
      const verdict: Readonly<Record<string, { severity: string } | undefined>> =
        end.payload.signals !== undefined && end.payload.signals !== null ? { ...end.payload.signals } : {};
      const reported = new Set<string>();
      for (const { event_type, payload } of lines) {
        if (event_type !== "signal.detected" || payload.phase !== "live") continue;
        live++;
        const { failure_type, severity, provisional } = payload;
        const key = `${failure_type} ${severity}`;
        expect(reported.has(key), `seed ${seed}: ${key} twice\n${texts.join("")}`).toBe(false);
        reported.add(key);
        if (provisional === true) continue;
        const final = severities.indexOf(verdict[String(failure_type)]?.severity ?? "none");
        expect(final, `seed ${seed}: ${key}\n${texts.join("")}`).toBeGreaterThanOrEqual(
          severities.indexOf(String(severity)),
        );
      }
    }
    expect(live).toBeGreaterThan(500);
  });
});
