import { describe, expect, it } from "vitest";
import { dunetrace, records } from "../testing/command";
import { folderWith } from "../testing/folder";
import { loopingRun, quietRun } from "../testing/runWriter";

const outcome: Record<string, { success: boolean }> = {};
let lines = "";
for (let at = 0; at < 8; at++) {
  // Two of four failures loop, and one of four successes.
  const writer = at === 0 || at === 1 || at === 4 ? loopingRun({ run_id: `r${at}` }) : quietRun({ run_id: `r${at}` });
  lines += writer.text;
  outcome[`r${at}`] = { success: at >= 4 };
}
const files = {
  "runs.ndjson": lines + quietRun({ run_id: "unknown" }).text,
  "a.json": JSON.stringify(Object.fromEntries(Object.entries(outcome).slice(0, 5))),
  "b.json": JSON.stringify(Object.fromEntries(Object.entries(outcome).slice(5))),
};
const precision = (...args: string[]) =>
  dunetrace(["precision", "runs.ndjson", "--truth", "a.json", "b.json", ...args], { cwd: folderWith(files) });

describe("dunetrace precision", () => {
  it("counts fires on successes and failures, with precision and lift", async () => {
    const report = JSON.parse((await precision("--format", "json")).out);
    expect(report).toMatchObject({ runs: 8, successes: 4, failures: 4, without_truth: 1 });
    const loop = { severity: "HIGH", shadow: false, successes: 1, failures: 2, precision: 0.667, lift: 1.333 };
    expect(report.rows).toEqual([
      { failure_type: "any", ...loop },
      { failure_type: "any", ...loop, severity: "MEDIUM" },
      { failure_type: "any", ...loop, severity: "LOW" },
      { failure_type: "TOOL_LOOP", ...loop },
    ]);
    expect(report.bars).toEqual([
      { failure_type: "any", allowed: 1, fired: 1, kept: true },
      { failure_type: "TOOL_LOOP", allowed: 1, fired: 1, kept: true },
    ]);
    expect(report.detectors[0]).toEqual({ failure_type: "TOOL_LOOP", fired: 3, clear: 5, no_data: 0 });
    expect(report.detectors).toContainEqual({ failure_type: "TURN_BURST", fired: 0, clear: 0, no_data: 8 });
  });

  it("prints a table, NDJSON rows and Markdown", async () => {
    const { out, code } = await precision();
    expect(code).toBe(0);
    expect(out.split("\n").slice(0, 5)).toEqual([
      "TYPE          SEVERITY    SUCCESSES    FAILURES  PRECISION   LIFT",
      "any detector  ▲ HIGH+    1 (25.0 %)  2 (50.0 %)     66.7 %  1.33×",
      "any detector  ● MEDIUM+  1 (25.0 %)  2 (50.0 %)     66.7 %  1.33×",
      "any detector  ○ LOW+     1 (25.0 %)  2 (50.0 %)     66.7 %  1.33×",
      "TOOL_LOOP     ▲ HIGH     1 (25.0 %)  2 (50.0 %)     66.7 %  1.33×",
    ]);
    expect(out).toContain("1 run has no known outcome and was left out.");
    expect(out).toContain("Bar kept: HIGH and CRITICAL of TOOL_LOOP on 1 success, at most 1 allowed.");
    expect(records((await precision("--format", "ndjson")).out)).toHaveLength(4);
    expect((await precision("--format", "markdown")).out).toContain(
      "| TOOL_LOOP | ▲ HIGH | 1 (25.0 %) | 2 (50.0 %) | 66.7 % | 1.33× |",
    );
  });

  it("says when the truth files know none of the runs", async () => {
    const cwd = folderWith({ "runs.ndjson": quietRun().text, "t.json": '{"other": {"success": true}}' });
    expect(await dunetrace(["precision", "runs.ndjson", "--truth", "t.json"], { cwd })).toMatchObject({
      code: 2,
      err: "dunetrace: No run in the files has an entry in the truth files\n",
    });
  });
});
