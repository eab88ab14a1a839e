import { describe, expect, it } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { rawLogql } from "../../src/logql";
import type { SignalItem } from "../../src/logql/ask";
import type { CliRun } from "./demo";
import { counted, isEnded, saidByCli, saidByRows, verdict, type World } from "./world";

/** Lists of runs and signals are what the command line says of the same lines. */
export function verdictsAgree(world: World): void {
  describe("runs", () => {
    it("are judged as the command line judges them, with its baselines", async () => {
      const rows = await world.allRuns(world.asking({ baselines: world.demo.baselines }), "computed");
      expect(saidByRows(rows)).toEqual(saidByCli(world.demo.computed.values()));
      expect(rows.every(({ run }) => run.status === world.demo.computed.get(run.run_id)?.status)).toBe(true);
    });

    it.each(["computed", "recorded", "auto"] as const)("%s, are what was recorded when they ended", async (mode) => {
      const rows = (await world.allRuns(world.asking(), mode)).filter(({ run }) => run.ended !== undefined);
      expect(saidByRows(rows)).toEqual(saidByCli(world.recordedOnes()));
      const signals = rows.flatMap((row) => row.signals ?? []);
      expect(signals.every(({ differs }) => differs === undefined)).toBe(true);
      expect(new Set(signals.map(({ origin }) => origin))).toEqual(new Set([mode === "computed" ? mode : "recorded"]));
      expect(signals.length).toBeGreaterThan(100);
    });

    it("say where the thresholds of the reader find something else", async () => {
      const { thresholds } = new DetectorConfig().settingsFor("").TOOL_LOOP;
      const settings = {
        ...new DetectorConfig().settingsFor(""),
        TOOL_LOOP: { thresholds: { ...thresholds, threshold: 5 }, shadow: false },
      };
      const ask = world.asking({ config: new DetectorConfig(settings) });
      const lost = (await world.allRuns(ask, "auto")).flatMap(({ signals = [] }) =>
        signals.filter(({ failure_type, differs }) => failure_type === "TOOL_LOOP" && differs !== undefined),
      );
      expect(lost.length).toBeGreaterThan(3);
      expect(lost.some(({ differs }) => differs === null)).toBe(true);
      const now = (await world.allRuns(ask, "computed")).flatMap(({ signals = [] }) =>
        signals.filter(({ failure_type }) => failure_type === "TOOL_LOOP"),
      );
      expect(now.every(({ evidence }) => Number(evidence.loop_count) >= 5)).toBe(true);
    });

    it("are filtered by what was computed as by what was recorded", async () => {
      const ask = world.asking({ baselines: world.demo.baselines });
      const filter = { min_severity: "HIGH" } as const;
      const wanted = [...world.demo.computed.values()].filter((run) => counted(run, "HIGH").length > 0);
      for (const sort of ["newest", "slowest"] as const) {
        const { runs } = await ask("runs", { range: world.range, filter, mode: "computed", sort, limit: 1000 });
        const ids = runs.map(({ run }) => run.run_id).sort();
        const expected = wanted.filter((run) => sort === "newest" || isEnded(run));
        expect(ids).toEqual(expected.map(({ run_id }) => run_id).sort());
      }
      const { runs } = await ask("runs", { range: world.range, filter, limit: 1000 });
      expect(runs.map(({ run }) => run.run_id).sort()).toEqual(
        world
          .recordedOnes()
          .filter((run) => counted(run, "HIGH").length > 0)
          .map(({ run_id }) => run_id)
          .sort(),
      );
    });
  });

  describe("signals", () => {
    const flat = (runs: Iterable<CliRun>) =>
      [...runs].flatMap((run) => run.signals.map((signal) => `${run.run_id} ${verdict(signal)}`)).sort();
    const said = (items: readonly SignalItem[]) => items.map((item) => `${item.run_id} ${verdict(item)}`).sort();

    it("are those the command line computes, each once", async () => {
      const items = await world.allSignals(world.asking({ baselines: world.demo.baselines }), "computed");
      expect(said(items)).toEqual(flat(world.demo.computed.values()));
    });

    it.each(["recorded", "auto"] as const)("%s, are those of the terminal lines, newest first", async (mode) => {
      const final = (await world.allSignals(world.asking(), mode)).filter(({ phase }) => phase === "final");
      expect(said(final)).toEqual(flat(world.recordedOnes()));
      expect(final.map(({ at }) => at)).toEqual(final.map(({ at }) => at).sort((a, b) => b - a));
      for (const item of final) {
        expect(item.explanation.fixes.length, item.failure_type).toBeGreaterThan(0);
        expect(item.explanation.what).not.toBe("");
      }
    });

    it.each(["recorded", "computed"] as const)("%s, know the steps they are about", async (mode) => {
      const items = (await world.allSignals(world.asking({ baselines: world.demo.baselines }), mode)).filter(
        ({ phase }) => phase === "final",
      );
      let known = 0;
      for (const { run_id, failure_type, step_index } of items) {
        const same = world.demo.computed.get(run_id)?.signals.find((signal) => signal.failure_type === failure_type);
        if (step_index === undefined) continue;
        expect(step_index, failure_type).toBe(same?.step_index);
        known++;
      }
      // Facts alone seldom tell; the lines of signals mostly do.
      expect(known / items.length).toBeGreaterThan(mode === "recorded" ? 0.6 : -1);
    });

    it("say what the other origin says, in each mode", async () => {
      const { thresholds } = new DetectorConfig().settingsFor("").TOOL_LOOP;
      const usual = new DetectorConfig().settingsFor("");
      const TOOL_LOOP = { thresholds: { ...thresholds, threshold: 5 }, shadow: false };
      const ask = world.asking({ config: new DetectorConfig({ ...usual, TOOL_LOOP }) });
      const loops = async (mode: "auto" | "recorded" | "computed") =>
        (await world.allSignals(ask, mode)).filter(
          ({ failure_type, phase }) => failure_type === "TOOL_LOOP" && phase === "final",
        );
      for (const mode of ["auto", "recorded"] as const) {
        const recorded = await loops(mode);
        expect(recorded.every(({ origin }) => origin === "recorded")).toBe(true);
        expect(recorded.some(({ differs }) => differs === null)).toBe(true);
      }
      const computed = await loops("computed");
      expect(computed.length).toBeLessThan((await loops("recorded")).length);
      expect(computed.every(({ origin, differs }) => origin === "computed" && differs !== null)).toBe(true);
    });

    it("of open runs are explained too", async () => {
      const live = (await world.allSignals(world.asking(), "recorded")).filter(({ phase }) => phase === "live");
      expect(live.length).toBeGreaterThan(0);
      for (const { explanation, title } of live) {
        expect(explanation.title).toBe(title);
        expect(explanation.fixes.length).toBeGreaterThan(0);
      }
    });

    it("are found again by the query that comes with them", async () => {
      const { signals } = await world.asking()("signals", { range: world.range, limit: 30 });
      const start = BigInt(world.range.from) * 1_000_000n;
      const end = BigInt(world.range.to) * 1_000_000n;
      for (const { run_id, logql = "" } of signals.slice(0, 10)) {
        const query = rawLogql(logql);
        const entries = await world.filled.api.logs({ query, start, end, limit: 1000, direction: "backward" });
        expect(
          entries.some(({ line }) => line.includes(run_id)),
          logql,
        ).toBe(true);
      }
    });
  });
}
