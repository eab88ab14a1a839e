import { describe, expect, it } from "vitest";
import { dunetrace, records } from "../testing/command";
import { loopingRun, quietRun, RunWriter } from "../testing/runWriter";

const varied = new RunWriter({ run_id: "varied" })
  .tool("search", "aaaaaaaaaaaaaaaa")
  .tool("search", "bbbbbbbbbbbbbbbb")
  .tool("search", "cccccccccccccccc")
  .completed().text;
const stdin = quietRun({ run_id: "quiet" }).text + loopingRun({ run_id: "looping" }).text + varied;

describe("dunetrace signals", () => {
  it("lists what counts, and says how much it leaves out", async () => {
    const { out, code } = await dunetrace(["signals", "-"], { stdin });
    expect(out.split("\n")).toEqual([
      "SEVERITY  TYPE       CONF  RUN      AGENT           STEP",
      "▲ HIGH    TOOL_LOOP  0.63  looping  research-agent     8",
      "  web_search called 4 times with the same arguments, same answer each time",
      "1 less severe or shadow signal not shown (--min-severity LOW --shadow)",
      "",
    ]);
    expect(code).toBe(0);
  });

  it("lists equal signals in one order, wherever their lines stand", async () => {
    const texts = ["b", "c", "a"].map((run_id) => loopingRun({ run_id }).text);
    for (const args of [
      ["signals", "-", "--format", "json"],
      ["check", "-", "--format", "ndjson"],
    ]) {
      for (const lines of [texts, texts.toReversed()]) {
        const { out } = await dunetrace(args, { stdin: lines.join("") });
        expect(out.match(/"run_id": ?"(.)"/g)?.map((found) => found.at(-2))).toEqual(["a", "b", "c"]);
      }
    }
  });

  it("shows the others when asked to, and picks one type", async () => {
    const all = await dunetrace(["signals", "-", "--min-severity", "low", "--format", "ndjson"], { stdin });
    expect(records(all.out)).toMatchObject([
      { run_id: "looping", agent_id: "research-agent", failure_type: "TOOL_LOOP", severity: "HIGH" },
      { run_id: "varied", failure_type: "TOOL_LOOP", severity: "LOW" },
    ]);
    const typed = await dunetrace(["signals", "-", "--type", "retry_storm", "--format", "json"], { stdin });
    expect(JSON.parse(typed.out)).toEqual([]);
    expect((await dunetrace(["signals", "-", "--type", "RETRY_STROM"], { stdin })).err).toContain(
      "did you mean RETRY_STORM?",
    );
  });
});
