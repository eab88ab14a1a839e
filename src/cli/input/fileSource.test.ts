import { describe, expect, it } from "vitest";
import { FakeIo } from "../testing/fakeIo";
import { CENT } from "../testing/judging";
import { quietRun } from "../testing/runWriter";
import { FileSource } from "./fileSource";
import { findInputs } from "./open";
import { ReadLog } from "./readLog";
import type { RunFilter } from "./source";

async function read(stdin: string, filter?: RunFilter, budget?: number) {
  const io = new FakeIo({ stdin, chunkSize: 1000 });
  const log = new ReadLog(io.stderr);
  const source = new FileSource(await findInputs(["-"], io), io, log, { prices: CENT, budget });
  const ids: string[] = [];
  for await (const run of source.runs(filter)) ids.push(run.run_id);
  await log.summarise();
  return { ids, log, err: io.stderr.text };
}

const runs = Array.from({ length: 10 }, (_, at) =>
  quietRun({ run_id: `r${at}`, agent_id: at % 2 === 0 ? "even" : "odd" }),
);
const text = runs.map((writer) => writer.text).join("");

describe("FileSource", () => {
  it("hands out runs in the order they end, the same whatever may wait in memory", async () => {
    const open = quietRun({ run_id: "open" }).lines.slice(0, 2).join("");
    const expected = [...runs.map((writer) => writer.run_id), "open"];
    expect((await read(open + text)).ids).toEqual(expected);
    expect((await read(open + text, {}, 10)).ids).toEqual(expected);
  });

  it("names a line that comes for a run that was judged already, and makes no run of it", async () => {
    const { ids, log, err } = await read(text + (runs[0]?.lines[3] ?? ""), {}, 20);
    expect(ids).toHaveLength(10);
    expect(log.skippedByKind()).toEqual({ late: 1 });
    expect(err).toBe("stdin:81: late: its run r0 was judged before this line came\nSkipped 1 of 81 lines: 1 late\n");
  });

  it("filters by agent and by the start of the id, children included", async () => {
    expect((await read(text, { agent_id: "odd" })).ids).toEqual(["r1", "r3", "r5", "r7", "r9"]);
    const child = quietRun({ run_id: "child", parent_run_id: "r3" }).text;
    const { ids, log } = await read(text + child, { run_id: "r3" });
    expect(ids).toEqual(["r3", "child"]);
    expect(log.runIds.size).toBe(11);
    expect([...log.agents]).toEqual(["even", "odd", "research-agent"]);
  });

  it("merges duplicates and lines of a run in several places", async () => {
    const { ids } = await read(text + text);
    expect(ids).toHaveLength(10);
  });
});
