import { describe, expect, it } from "vitest";
import { dunetrace, records } from "../testing/command";
import { folderWith } from "../testing/folder";
import { loopingRun, quietRun, RunWriter } from "../testing/runWriter";

const quiet = quietRun({ run_id: "quiet" }).text;
const looping = loopingRun({ run_id: "looping" }).text;
/** Costs $1.25; a part of its calls has no price. */
const costly = new RunWriter({ run_id: "costly", agent_id: "spender" })
  .llm({ cost_usd: 1.25, prompt_tokens: 10 })
  .event("llm.called", { model: "my-own-model" })
  .event("llm.responded", { finish_reason: "stop", output_length: 5, prompt_tokens: 10 })
  .completed().text;

const check = (stdin: string, ...args: string[]) => dunetrace(["check", "-", ...args], { stdin });

describe("dunetrace check", () => {
  it("ends with 0 and one line when nothing was found", async () => {
    expect(await check(quiet)).toEqual({
      code: 0,
      out: "1 run checked for HIGH signals or worse: nothing found.\n",
      err: "",
    });
  });

  it("ends with 1 and names what it found, worst first", async () => {
    const { code, out } = await check(quiet + looping + costly, "--max-cost", "0.5");
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual([
      "FINDING  TYPE       CONF  RUN      AGENT",
      "▲ HIGH   TOOL_LOOP  0.63  looping  research-agent",
      "  web_search called 4 times with the same arguments, same answer each time",
      "$ COST   $1.25            costly   spender",
      "  The run cost $1.25, more than $0.50",
      "",
      "3 runs checked for HIGH signals or worse and costs above $0.50: 2 findings in 2",
      "runs. 1 run has unpriced calls, whose cost is not wholly known.",
      "",
    ]);
  });

  it("goes by the severity it is given, in any case, and never by shadow signals", async () => {
    expect((await check(looping, "--fail-on", "critical")).code).toBe(0);
    expect((await check(looping, "--fail-on", "medium")).code).toBe(1);
    const cwd = folderWith({ "detectors.yml": "default:\n  tool_loop:\n    shadow: true\n" });
    expect((await dunetrace(["check", "-"], { stdin: looping, cwd })).code).toBe(0);
  });

  it("prints JSON and NDJSON", async () => {
    const json = await check(looping + costly, "--max-cost", "1", "--format", "json");
    expect(JSON.parse(json.out)).toMatchObject({
      runs: 2,
      runs_with_findings: 2,
      fail_on: "HIGH",
      max_cost_usd: 1,
      runs_without_full_cost: 1,
      findings: [
        { kind: "signal", run_id: "looping", failure_type: "TOOL_LOOP", severity: "HIGH" },
        { kind: "cost", run_id: "costly", cost_usd: 1.25, max_cost_usd: 1 },
      ],
    });
    const ndjson = await check(looping + costly, "--max-cost", "1", "--format", "ndjson");
    expect(records(ndjson.out)).toHaveLength(2);
    expect(ndjson.code).toBe(1);
    expect(await check(quiet, "--format", "ndjson")).toEqual({ code: 0, out: "", err: "" });
  });

  it("does not pass when there was nothing to check, unless told to", async () => {
    expect(await check("")).toEqual({
      code: 2,
      out: "",
      err: "dunetrace: No run was read, so nothing was checked; --allow-empty makes that fine\n",
    });
    expect((await check("", "--allow-empty")).code).toBe(0);
  });

  it("keeps the exit code when its output is not read", async () => {
    const { code } = await dunetrace(["check", "-"], { stdin: looping, closedAfter: 0 });
    expect(code).toBe(1);
  });

  it("judges with baselines and thresholds of the run's agent", async () => {
    const baselines = {
      schema: 1,
      generated_at: "2026-11-20T00:00:00Z",
      window_days: 7,
      agents: { "research-agent": { "*": { runs: 20, p75: { steps: 1 } } } },
    };
    const yaml = "research-agent:\n  tool_loop:\n    threshold: 5\n";
    const cwd = folderWith({ "b.json": JSON.stringify(baselines), "own.yml": yaml });
    const args = ["check", "-", "--fail-on", "MEDIUM", "--baselines", "b.json", "--format", "ndjson"];
    const { out } = await dunetrace(args, { stdin: quiet, cwd });
    expect(records(out)).toMatchObject([{ failure_type: "STEP_COUNT_INFLATION" }]);
    const byOption = await dunetrace(["check", "-", "--detectors", "own.yml"], { stdin: looping, cwd });
    expect(byOption.code).toBe(0);
    const byEnvironment = await dunetrace(["check", "-"], {
      stdin: looping,
      cwd,
      env: { DUNETRACE_DETECTORS: "own.yml" },
    });
    expect(byEnvironment.code).toBe(0);
  });
});
