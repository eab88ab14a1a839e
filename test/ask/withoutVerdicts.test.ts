import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { isRecord } from "../../src/core/wire";
import { type Ask, createAsk, type SignalItem } from "../../src/logql/ask";
import { type OpenedStore, openStore } from "../../src/loki";
import { CountingLoki } from "./countingLoki";
import { type CliRun, demoOf, saidOf } from "./demo";
import { counted, HOUR, isEnded, saidByCli, saidByRows, verdict } from "./world";

const atMs = Date.now() - 60_000;
const range = { from: atMs - 8 * HOUR, to: atMs + 1 };

/** What a producer writes that neither keeps facts nor judges: the lines of the Python package. */
function plain(text: string, isPlain: (run_id: string) => boolean): string[] {
  const line: unknown = JSON.parse(text);
  if (!isRecord(line) || !isPlain(String(line.run_id)) || !isRecord(line.payload)) return [text];
  if (line.event_type === "signal.detected") return [];
  const { facts, facts_v, rules, baseline, signals, capture, ...payload } = line.payload;
  return [JSON.stringify({ ...line, payload })];
}

/** Runs of producers of both kinds in one Loki: every second one writes no facts and no verdicts. */
describe("runs without verdicts among others", () => {
  let store: OpenedStore;
  let loki: CountingLoki;
  let ask: Ask;
  let said: ReadonlyMap<string, CliRun>;
  const isPlain = (run_id: string): boolean => /[02468ace]$/.test(run_id);

  beforeAll(async () => {
    const demo = await demoOf(200, atMs);
    const lines = demo.lines.flatMap((text) => plain(text, isPlain));
    store = openStore({ clock: Date.now });
    store.pushLines(lines);
    loki = new CountingLoki(store.api());
    ask = createAsk(loki, { scope: {}, config: new DetectorConfig(), now: () => atMs + HOUR });
    const computed = await saidOf(lines.join("\n"), undefined);
    // Producers that judge do so by their baselines, which the others lack.
    said = new Map(
      [...computed].map(([run_id, run]) => [run_id, isPlain(run_id) ? run : (demo.recorded.get(run_id) ?? run)]),
    );
  }, 60_000);
  afterAll(() => store.close());

  const ended = () => [...said.values()].filter(isEnded);

  it("are listed with computed verdicts, and with the facts of their events", async () => {
    const { runs } = await ask("runs", { range, limit: 1000 });
    const rows = runs.filter(({ run }) => run.ended !== undefined);
    expect(saidByRows(rows)).toEqual(saidByCli(ended()));
    for (const { run, signals = [] } of rows) {
      expect(run.facts?.steps).toBe(said.get(run.run_id)?.facts.steps);
      expect(signals.every(({ origin }) => origin === (isPlain(run.run_id) ? "computed" : "recorded"))).toBe(true);
    }
  });

  it("are read once while they cannot change", async () => {
    await ask("runs", { range, limit: 1000 });
    const before = loki.count;
    await ask("runs", { range, limit: 1000 });
    expect(loki.count - before).toBeLessThan(8);
  });

  it("have nothing to say where recorded verdicts are asked for", async () => {
    const { runs } = await ask("runs", { range, limit: 1000, mode: "recorded" });
    for (const { run, signals } of runs) {
      if (run.ended !== undefined) expect(signals === undefined).toBe(isPlain(run.run_id));
    }
  });

  it("pass filters by what was computed", async () => {
    const filter = { min_severity: "HIGH" } as const;
    for (const limit of [10, 1000]) {
      const ids: string[] = [];
      let cursor: Parameters<typeof ask<"runs">>[1]["cursor"];
      do {
        const page = await ask("runs", { range, filter, limit, cursor });
        ids.push(...page.runs.filter(({ run }) => run.ended !== undefined).map(({ run }) => run.run_id));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(ids.sort()).toEqual(
        ended()
          .filter((run) => counted(run, "HIGH").length > 0)
          .map(({ run_id }) => run_id)
          .sort(),
      );
    }
  });

  it.each([7, 1000])("are among the signals in pages of %i", async (limit) => {
    const items: SignalItem[] = [];
    let cursor: Parameters<typeof ask<"signals">>[1]["cursor"];
    do {
      const page = await ask("signals", { range, filter: { min_severity: "LOW", shadow: true }, limit, cursor });
      items.push(...page.signals.filter(({ phase }) => phase === "final"));
      cursor = page.cursor;
    } while (cursor !== undefined);
    const wanted = ended().flatMap((run) => run.signals.map((signal) => `${run.run_id} ${verdict(signal)}`));
    expect(items.map((item) => `${item.run_id} ${verdict(item)}`).sort()).toEqual(wanted.sort());
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort((a, b) => b - a));
    expect(items.every(({ explanation }) => explanation.fixes.length > 0)).toBe(true);
  });
});
