import { describe, expect, it, vi } from "vitest";
import { nodeHash } from "../../../src/sdk/hashing";
import { systemRun } from "../runs";
import { answered, askedForTools, ended, MODEL, PROGRAM_MS, runsOf, silent, VERSIONS } from "./haystack";
import { HaystackProgram } from "./programs";

const hash = nodeHash();
const NAMES = [
  ...["both_tools", "parallel", "loop", "lambdas", "failing", "raising"],
  ...["steps", "last_step", "exit_tool", "nested", "fallback", "alone"],
];
const FIRST_STEP = { signals: { FIRST_STEP_FAILURE: "MEDIUM" } } as const;

describe.each(VERSIONS)("agents of Haystack %d", { timeout: PROGRAM_MS }, (version) => {
  const program = new HaystackProgram(version, "agents", NAMES);

  it("are runs with every call of their models and tools", async (context) => {
    const runs = runsOf(await program.sent(context), "both_tools", "parallel", "loop", "lambdas");
    const round = [askedForTools, "tool web_search"];
    expect(runs.map(systemRun)).toEqual([
      ended("both_tools", [...round, askedForTools, "tool lookup", answered]),
      ended("parallel", [askedForTools, "tool web_search", "tool lookup", "tool web_search", answered]),
      ended("loop", [...round, ...round, ...round, ...round, ...round, answered], { signals: { TOOL_LOOP: "HIGH" } }),
      ended("lambdas", [askedForTools, "tool shout", answered]),
    ]);
    const [tools, parallel, loop, lambdas] = runs.map(({ run }) => run);
    expect(tools?.facts).toMatchObject({ llm_calls: 3, tool_calls: 2, tools_available: 2, prompt_tokens: 333 });
    expect(tools?.lines[0]?.payload).toMatchObject({
      input_hash: hash("CANARY-question"),
      tools: ["web_search", "lookup"],
    });
    expect(tools?.steps.map(({ call }) => call)).toMatchObject([
      { model: MODEL },
      { tool_name: "web_search", args_hash: hash('{"query":"CANARY-1"}') },
      { model: MODEL },
      { tool_name: "lookup", args_hash: hash('{"order":"CANARY-2"}') },
      { model: MODEL },
    ]);
    expect(tools?.steps[3]?.answer).toMatchObject({ success: true, output_length: "CANARY-order CANARY-2".length });
    expect(parallel?.steps[0]?.answer).toMatchObject({ tool_call_count: 3 });
    expect(
      new Set(parallel?.steps.flatMap(({ call }) => (call && "args_hash" in call ? [call.args_hash] : []))).size,
    ).toBe(3);
    // Five equal calls with equal answers have equal hashes.
    expect(loop?.facts).toMatchObject({ loop_count: 5, loop_identical: 5, loop_stuck: 5, loop_tool: "web_search" });
    // A tool without a name for its function makes the list of tools no JSON.
    expect(lambdas?.facts.tools_available).toBeUndefined();
  });

  it("tell which tool failed, in the answer or through all of the pipeline", async (context) => {
    const { stdout, ...all } = await program.sent(context);
    const runs = runsOf(all, "failing", "raising");
    expect(stdout).toBe("raising PipelineRuntimeError\n");
    // The span of a failed tool of version 3 does not say what kind of error it was.
    const type = version === 2 ? "ValueError" : "Error";
    expect(runs.map(systemRun)).toEqual([
      ended("failing", [askedForTools, "tool lookup !Error", answered], FIRST_STEP),
      ended("raising", [askedForTools, `tool lookup !${type}`], { exit_reason: "error", ...FIRST_STEP }),
    ]);
    const [failing, raising] = runs.map(({ run }) => run);
    expect(failing?.facts).toMatchObject({ tool_calls: 1, tool_failures: 1 });
    expect(failing?.steps[1]?.answer).toMatchObject({
      success: false,
      error_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(raising?.lines.at(-1)).toMatchObject({ event_type: "run.errored", payload: { error_type: "ValueError" } });
  });

  it("end with their answer, with a tool, or for want of steps", async (context) => {
    const runs = runsOf(await program.sent(context), "steps", "last_step", "exit_tool");
    const round = [askedForTools, "tool web_search"];
    expect(runs.map(systemRun)).toEqual([
      ended("steps", [...round, ...round], { exit_reason: "max_steps" }),
      ended("last_step", [...round, answered]),
      ended("exit_tool", [askedForTools, "tool lookup"]),
    ]);
  });

  it("count the calls of an agent that is a tool of another one, and end as the outer one does", async (context) => {
    const runs = runsOf(await program.sent(context), "nested");
    const inner = [askedForTools, "tool web_search"];
    expect(runs.map(systemRun)).toEqual([
      ended("nested", [askedForTools, "tool researcher", ...inner, ...inner, answered]),
    ]);
    expect(runs[0]?.run.facts).toMatchObject({ llm_calls: 4, tool_calls: 3, tools_available: 1, prompt_tokens: 444 });
  });

  if (version === 2) {
    it("need not be agents: a pipeline may call tools by itself", async (context) => {
      const { runs, text } = await program.run(context, ["invoker"]);
      expect(runs.map(systemRun)).toEqual([
        ended("invoker", [askedForTools, "tool web_search", "tool lookup !Error"], { exit_reason: "completed" }),
      ]);
      expect(text).not.toContain("CANARY");
    });
  }

  it("tell of the model that failed before the one that answered", async (context) => {
    const runs = runsOf(await program.sent(context), "fallback");
    const first = version === 2 ? [] : ["llm ? ?/? error !openai.InternalServerError"];
    expect(runs.map(systemRun)).toEqual([ended("fallback", [...first, answered])]);
    expect(runs[0]?.run.facts).toMatchObject({ prompt_tokens: 111, completion_tokens: 22 });
  });

  it("run at a time without a pipeline, named by the service", async (context) => {
    const runs = runsOf(await program.sent(context), "kb-service");
    const expected = ended("kb-service", [askedForTools, "tool web_search", answered]);
    expect(runs.map(systemRun)).toEqual([expected, expected]);
    const [first, second] = runs.map(({ run }) => run);
    expect(second?.started_at).toBeLessThan(first?.ended_at ?? 0);
    expect(first?.lines[0]?.payload).toMatchObject({ input_hash: hash("CANARY-question") });
  });

  it("leave no content in the lines", async (context) => {
    const { runs, text } = await program.sent(context);
    expect(runs).toHaveLength(NAMES.length + 1);
    expect(text).not.toContain("CANARY");
  });

  it("have their steps without content tracing, and none of the content that is sent all the same", async (context) => {
    const taken = vi.spyOn(program.system.collector, "take");
    const names = ["both_tools", "parallel", "failing", "raising", "steps", "last_step"];
    const { runs, text } = await program.run(context, names, {});
    const call = "llm ? ?/? ?";
    // Version 2 names neither the tools nor how many there were, nor that one failed.
    const tool = (name: string) => (version === 2 ? "tool tool_invoker" : `tool ${name}`);
    const failing = version === 2 ? "tool tool_invoker" : "tool lookup !Error";
    const three = version === 2 ? [tool("")] : ["web_search", "lookup", "web_search"].map(tool);
    const raised = version === 2 ? "tool lookup !ValueError" : "tool lookup !Error";
    expect(runs.map(systemRun)).toEqual([
      silent("both_tools", [call, tool("web_search"), call, tool("lookup"), call]),
      silent("parallel", [call, ...three, call]),
      silent("failing", [call, failing, call], version === 2 ? {} : FIRST_STEP),
      silent("raising", [call, raised], { exit_reason: "error", ...FIRST_STEP }),
      silent("steps", [call, tool("web_search"), call, tool("web_search")], { exit_reason: "max_steps" }),
      silent("last_step", [call, tool("web_search"), call]),
    ]);
    for (const { run, no_data } of runs) {
      expect(run.facts).toMatchObject({ tools_available: 2 });
      expect(run.facts.prompt_tokens).toBeUndefined();
      expect(no_data).toEqual(expect.arrayContaining(["COST_SPIKE", "OVERSIZED_TOOL_ARGUMENTS"]));
    }
    const spans = taken.mock.calls.flatMap(([read]) => read.spans);
    taken.mockRestore();
    // The error of a tool has its arguments.
    expect(spans.map(({ statusMessage }) => statusMessage).join()).toContain("{'order': 'missing'}");
    expect(spans.map(({ attributes }) => attributes.get("haystack.agent.tools")).join()).toContain(
      "Looks up an order.",
    );
    expect(text).not.toMatch(/CANARY|missing|Looks up/);
  });
});
