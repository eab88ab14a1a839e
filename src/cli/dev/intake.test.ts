import { describe, expect, it } from "vitest";
import { parseLine } from "../../core/wire";
import { openStore, type StoreOptions } from "../../loki";
import { CENT, testJudging } from "../testing/judging";
import { loopingRun, quietRun } from "../testing/runWriter";
import type { Notice } from "./inputs";
import { Intake } from "./intake";
import { Watch } from "./watch";

const NOW = 1_795_168_800_000;

function opened(keep = 500, storeOptions: Partial<StoreOptions> = {}) {
  const store = openStore({ anyTime: true, clock: () => NOW, ...storeOptions });
  const judging = testJudging();
  const watch = new Watch({ judging, prices: CENT, recorded: false, stallAfterMs: 90_000, keep });
  const notices: Notice[] = [];
  const intake = new Intake({ store, watch, now: () => NOW, notify: (notice) => notices.push(notice) });
  const take = (lines: readonly string[]): ("late" | undefined)[] =>
    lines.map((text) => {
      const read = parseLine(text);
      if (!read.ok) throw new Error(read.reason);
      return intake.take(read.line, text);
    });
  return { store, watch, notices, intake, take };
}

describe("Intake", () => {
  it("watches what the store took, from whoever", () => {
    const { store, intake, take, watch } = opened();
    take(quietRun({ run_id: "taken" }).lines);
    store.pushLines([...loopingRun({ run_id: "pushed" }).lines, ...quietRun({ run_id: "taken" }).lines, "noise"]);
    expect(intake.events().map(({ kind, run }) => `${run.run_id} ${kind}`)).toEqual([
      "taken started",
      "taken ended",
      "pushed started",
      "pushed signal",
      "pushed signal",
      "pushed ended",
    ]);
    expect(intake.events()).toEqual([]);
    intake.close();
    store.pushLines(quietRun({ run_id: "later" }).lines);
    expect(watch.runs().map(({ run_id }) => run_id)).toEqual(["taken", "pushed"]);
  });

  it("says which lines come too late to be watched", () => {
    const { take } = opened(1);
    const first = quietRun({ run_id: "first" }).lines;
    take([...first.slice(0, -1), ...quietRun({ run_id: "second" }).lines]);
    expect(take(first.slice(-1))).toEqual(["late"]);
  });

  it("goes on watching when the store is full, and says so once", () => {
    const { take, watch, notices } = opened(500, { maxBytes: 6000 });
    for (let at = 0; at < 20; at++) take(quietRun({ run_id: `run-${at}` }).lines);
    expect(watch.runs().map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => "completed"));
    expect(notices).toEqual([{ text: expect.stringMatching(/^Watched, but not kept: .*may hold/) }]);
  });
});
