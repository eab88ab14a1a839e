import { describe, expect, it } from "vitest";
import { dunetrace } from "../testing/command";
import { loopingRun, quietRun, RunWriter, START } from "../testing/runWriter";

const parent = loopingRun({ run_id: "3f1c2f1e-0000-4000-8000-000000000001" });
const child = quietRun({
  run_id: "77777777",
  parent_run_id: parent.run_id,
  agent_id: "helper",
  start: START + 1_000_000,
});
const failing = loopingRun({ run_id: "88888888", parent_run_id: parent.run_id, agent_id: "helper", start: START });
const near = quietRun({ run_id: "3f1c2fff-0000-4000-8000-000000000002" });
const stdin = child.text + parent.text + near.text + failing.text;

const run = (...args: string[]) => dunetrace(["run", ...args], { stdin });

describe("dunetrace run", () => {
  it("shows one run within 80 columns: what happened, why, fixes, timeline, steps, nested runs", async () => {
    const { out, code, err } = await run("3f1c2f1e", "-");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n").slice(0, 16)).toEqual([
      "research-agent · run 3f1c2f1e",
      "completed (final answer) after 5.9 s · 9 steps · tokens: no data · cost: no data",
      "2026-11-20 10:00:00 UTC · version 59c22128",
      "run_id 3f1c2f1e-0000-4000-8000-000000000001",
      "",
      "What happened",
      "▲ HIGH TOOL_LOOP 0.63 · step 8",
      "  What    The agent called web_search 4 times with the same arguments and got",
      "          the same answer each time.",
      "  Why     Nothing new can come of it: every repeat costs tokens and time, and",
      "          the run goes on until something else stops it.",
      "  Seen    web_search at steps 2, 4, 6 and 8.",
      "  Fix 1   Answer a repeated call with a note instead of running it again.",
      "  Fix 2   Limit how often one tool may be called in a run.",
      "",
      "--fixes shows the code of the fixes",
    ]);
    const text = out.slice(out.indexOf("Timeline"));
    expect(text).toContain("loop ×4");
    expect(text).toContain("   2    1 s  tool  web_search  200 ms  ok, 100 chars, args aaaaaaaa");
    expect(out.slice(out.indexOf("Nested runs")).split("\n")).toEqual([
      "Nested runs",
      "RUN       STATUS     DURATION  AGENT",
      "88888888  completed     5.9 s  helper",
      "  ▲ HIGH  web_search called 4 times with the same arguments, same answer each t…",
      "77777777  completed     2.2 s  helper",
      "",
    ]);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("shows code, detectors, all steps and the event log when asked to", async () => {
    const { out } = await run("3f1c2f1e", "-", "--fixes", "--facts", "--lines");
    expect(out).toContain("const seen = new Map<string, string>();");
    expect(out).toContain(
      "TOOL_LOOP                 ▲ HIGH\n    loop_count 4, loop_tool web_search, loop_identical 4, loop_stuck 4,\n    loop_distinct 1 · threshold 3",
    );
    expect(out).toContain("COST_SPIKE                no data\n    missing: token counts");
    expect(out).toContain("RETRY_STORM               clear\n");
    expect(out).toContain("tool_name=web_search args_hash=aaaaaaaaaaaaaaaa args_length=12");
  });

  it("prints one object with everything as JSON", async () => {
    const { out } = await run("3f1c2f1e", "-", "--format", "json", "--lines");
    const details = JSON.parse(out);
    expect(details).toMatchObject({
      run_id: parent.run_id,
      signals: [{ failure_type: "TOOL_LOOP" }],
      explanations: { TOOL_LOOP: { what: expect.stringContaining("web_search") } },
      children: [{ run_id: "88888888" }, { run_id: "77777777" }],
      missing_lines: 0,
      raw_content: false,
    });
    expect(details.detectors).toHaveLength(23);
    expect(details.steps[1]).toMatchObject({
      step_index: 2,
      kind: "tool",
      name: "web_search",
      start_ms: 1020,
      duration_ms: 200,
    });
    expect(details.lines).toHaveLength(parent.lines.length);
  });

  it("names the candidates of an id that is not unique, and those near one that is not there", async () => {
    expect(await run("3f1", "-")).toMatchObject({
      code: 2,
      out: "",
      err: "dunetrace: 2 runs start with 3f1: 3f1c2f1e, 3f1c2fff; give more of the id\n",
    });
    expect((await run("3f1c2f1f", "-")).err).toBe("dunetrace: No run starts with 3f1c2f1f; near it are 3f1c2f1e-000\n");
    expect((await run("zz", "-")).err).toMatch(/^dunetrace: No run starts with zz; the runs are 3f1c2f1e, 3f1c2fff, /);
    expect((await dunetrace(["run", "x", "-"], { stdin: "" })).err).toBe("dunetrace: No run was read\n");
    expect((await run("", "-")).code).toBe(2);
  });

  it("prefers a whole id over one that starts with it", async () => {
    const short = quietRun({ run_id: "3f1c2f1e" });
    const { out, code } = await dunetrace(["run", "3f1c2f1e", "-"], { stdin: stdin + short.text });
    expect(code).toBe(0);
    expect(out).toContain("run_id 3f1c2f1e\n");
  });

  it("names the error of a run that failed, in its header and where dev says that it ended", async () => {
    const stdin = new RunWriter({ run_id: "failed" }).llm().errored({ error_type: "RateLimit\u001b[2JError" }).text;
    const { out } = await dunetrace(["run", "failed", "-"], { stdin });
    expect(out.split("\n")[1]).toMatch(/^errored \(RateLimit.*Error\) after 1 s/);
    expect(out).not.toContain("\u001b");
    expect((await dunetrace(["dev", "-"], { stdin })).out).toMatch(/errored .* · RateLimit/);
    const unnamed = new RunWriter({ run_id: "failed" }).errored({ error_type: undefined }).text;
    expect((await dunetrace(["run", "failed", "-"], { stdin: unnamed })).out).toContain("\nerrored after ");
    const stopped = new RunWriter({ run_id: "failed" }).errored({
      exit_reason: "policy_violation",
      error_type: "PolicyViolation",
    }).text;
    const policy = await dunetrace(["run", "failed", "-"], { stdin: stopped });
    expect(policy.out).toContain("\nerrored (policy violation) after ");
  });
});
