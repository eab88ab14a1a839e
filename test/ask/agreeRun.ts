import { describe, expect, it } from "vitest";
import type { ExplainedSignal } from "../../src/logql/ask";
import type { CliSignal } from "./demo";
import { isEnded, saidByCli, saidByRows, verdict, type World } from "./world";

/** One run is what the command line says of its lines, word for word. */
export function runsAgree(world: World): void {
  describe("a run", () => {
    it("is what `dunetrace runs` says of it, word for word", async () => {
      const ask = world.asking({ baselines: world.demo.baselines });
      for (const expected of [...world.demo.computed.values()].filter((_run, at) => at % 19 === 0)) {
        const { found, cut } = await ask("run", { range: world.range, run_id: expected.run_id, mode: "computed" });
        expect(cut).toBeUndefined();
        expect(found?.signals.map(cliSignalOf)).toEqual(expected.signals);
        expect(found?.no_data.map(({ failure_type }) => failure_type)).toEqual(expected.no_data);
        expect(found?.only_other).toEqual([]);
        const around = Math.floor((found?.run.ended_at ?? 0) / 1000);
        const again = await ask("run", { range: world.range, run_id: expected.run_id, around, mode: "recorded" });
        const recorded = world.demo.recorded.get(expected.run_id);
        if (recorded !== undefined && isEnded(recorded)) {
          expect(again.found?.signals.map(verdict)).toEqual(recorded.signals.map(verdict));
        }
        expect(again.found?.run.lines.length).toBe(found?.run.lines.length);
      }
    });

    it("has the facts of its terminal line, costs too, without a price table", async () => {
      const ask = world.asking();
      for (const expected of world.ended().filter((_run, at) => at % 7 === 0)) {
        const { found } = await ask("run", { range: world.range, run_id: expected.run_id });
        expect(found?.run.facts_differ, expected.run_id).toEqual([]);
        expect(JSON.parse(JSON.stringify(found?.run.facts))).toEqual(expected.facts);
      }
    });

    it("is read whole where it lies partly outside the time asked for", async () => {
      const ask = world.asking();
      const [run] = (await ask("runs", { range: world.range, sort: "slowest", limit: 1 })).runs;
      const whole = await ask("run", { range: world.range, run_id: run?.run.run_id ?? "" });
      const { started_at = 0, ended_at = 0, lines = [] } = whole.found?.run ?? {};
      const middle = Math.round((started_at + ended_at) / 2000);
      for (const part of [
        { from: middle, to: world.range.to },
        { from: world.range.from, to: middle },
      ]) {
        const { found } = await ask("run", { range: part, run_id: run?.run.run_id ?? "" });
        expect(found?.run.lines.length).toBe(lines.length);
      }
    });

    it("comes with the runs nested in it", async () => {
      const parents = new Set([...world.demo.computed.values()].flatMap(({ parent_run_id }) => parent_run_id ?? []));
      expect(parents.size).toBeGreaterThan(0);
      for (const run_id of [...parents].slice(0, 4)) {
        const { found } = await world.asking()("run", { range: world.range, run_id });
        const children = [...world.demo.recorded.values()].filter((run) => run.parent_run_id === run_id);
        expect(saidByRows(found?.children ?? [])).toEqual(saidByCli(children));
      }
    });

    it("that is not there is not found", async () => {
      expect(await world.asking()("run", { range: world.range, run_id: "nobody" })).toEqual({
        found: undefined,
        cut: undefined,
      });
    });
  });
}

function cliSignalOf(signal: ExplainedSignal): CliSignal {
  const { failure_type, severity, base_severity, confidence, shadow, title, evidence, step_index } = signal;
  const told = { failure_type, severity, base_severity, confidence, shadow, title };
  // As JSON has it: what is undefined is left out.
  const plain: CliSignal["evidence"] = JSON.parse(JSON.stringify(evidence));
  return { ...told, evidence: plain, ...(step_index === undefined ? {} : { step_index }) };
}
