import { describe, expect, it, type TestContext } from "vitest";
import { argumentsText } from "../../../src/core/hashing";
import { nodeHash } from "../../../src/sdk/hashing";
import { ANSWERED, ASKED, FIRST_STEP_FAILURE, openaiRun as run } from "../expected";
import { PROGRAM_TIMEOUT_MS, PythonPrograms } from "../pythonPrograms";
import { anthropicScenarios, openaiScenarios } from "./replies";

const ENVIRONMENT = "openllmetry-0.40";
/** 0.40 tells no finish reason of LangChain's answers but that tools were asked for. */
const UNREASONED = "llm gpt-4o 111/22 ?";
const SAME_ARGUMENTS = nodeHash()(argumentsText({ query: "CANARY-same" }) ?? "");

const loopOf = (last: string) => [...Array.from({ length: 5 }, () => [ASKED, "tool search"]).flat(), last];

describe("OpenLLMetry 0.40", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms(ENVIRONMENT, import.meta.dirname, openaiScenarios);

  it("tells calls of OpenAI without tokens where they were streamed, and nothing of the Responses API", async (context) => {
    const scenarios = ["plain", "streamed_usage", "broken", "responses", "embedding"];
    const { of, counters } = await programs.run(context, "openai_calls.py", scenarios);
    expect(of()).toEqual([
      run("openai-calls", [ANSWERED]),
      run("openai-calls", ["llm gpt-4o ?/? stop"]),
      run("openai-calls", ["llm gpt-4o ?/? error !Error"], FIRST_STEP_FAILURE, "error"),
    ]);
    expect(counters.traces_without_run).toBe(1);
  });

  it("makes one run of each decorated workflow, its names old", async (context) => {
    const scenarios = ["both_tools", "loop", "failing_tool", "month_end", "untraced_tools"];
    const { of, runOf } = await programs.run(context, "decorated.py", scenarios);
    const turn = [ASKED, "tool search", ANSWERED];
    expect(of()).toEqual([
      run("both_tools", [ASKED, "tool search", ASKED, "tool lookup", ANSWERED]),
      run("loop", loopOf(ANSWERED), { TOOL_LOOP: "HIGH" }),
      run("failing_tool", [ASKED, "tool lookup !ValueError", ANSWERED], FIRST_STEP_FAILURE),
      run("month_end", [...turn, ...turn]),
      run("untraced_tools", [...Array.from({ length: 6 }, () => ASKED), ANSWERED]),
    ]);
    expect(runOf("both_tools").run.facts.tools_available).toBe(2);
    expect(runOf("untraced_tools").no_data).toEqual(expect.arrayContaining(["TOOL_AVOIDANCE", "REASONING_STALL"]));
    expect(runOf("loop").run.steps[1]?.call).toMatchObject({ args_hash: SAME_ARGUMENTS });
  });

  const langchain = (context: TestContext) =>
    programs.run(context, "langchain_agents.py", ["both_tools", "loop", "failing_tool", "broken", "documents"]);

  it("makes one run of each LangGraph agent, with prices and declared tools", async (context) => {
    const { of, runOf } = await langchain(context);
    expect(of("both_tools", "loop")).toEqual([
      run("both_tools", [ASKED, "tool search", ASKED, "tool lookup", UNREASONED], {}, "completed"),
      run("loop", loopOf(UNREASONED), { TOOL_LOOP: "HIGH" }, "completed"),
    ]);
    const { facts, steps } = runOf("both_tools").run;
    expect(facts.tools_available).toBe(2);
    expect(facts.cost_usd).toBeGreaterThan(0);
    expect(steps[0]?.call).toMatchObject({ provider: "openai" });
    expect(steps[1]?.call).toMatchObject({ args_hash: SAME_ARGUMENTS });
  });

  it("finds the failed tool and model; retrievers have no spans", async (context) => {
    const { of } = await langchain(context);
    const failed = ["llm gpt-4o ?/? error !openai.InternalServerError"];
    expect(of("failing_tool", "broken", "documents")).toEqual([
      run("failing_tool", [ASKED, "tool lookup !ValueError", UNREASONED], FIRST_STEP_FAILURE, "completed"),
      run("broken", failed, FIRST_STEP_FAILURE, "error"),
      run("documents", [UNREASONED], {}, "completed"),
    ]);
  });
});

describe("OpenLLMetry 0.40 and Anthropic", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms(ENVIRONMENT, import.meta.dirname, anthropicScenarios);

  it("takes the zeros of a stream helper for unknown; a failed call has no span", async (context) => {
    const { of } = await programs.run(context, "anthropic_calls.py", ["plain", "stream_helper", "broken", "agent"]);
    const call = (calls: readonly string[], agent_id = "anthropic-calls", exit_reason = "final_answer") => ({
      ...run(agent_id, calls, {}, exit_reason),
      model: "claude-sonnet-5-5",
    });
    const answered = "llm claude-sonnet-5-5 1125/33 stop";
    expect(of()).toEqual([
      call([answered]),
      call(["llm claude-sonnet-5-5 ?/? ?"], "anthropic-calls", "completed"),
      call(["llm claude-sonnet-5-5 1125/33 tool_calls", "tool search", answered], "agent"),
    ]);
  });
});
