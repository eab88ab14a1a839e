import { describe, expect, it, type TestContext } from "vitest";
import { argumentsText } from "../../../src/core/hashing";
import { nodeHash } from "../../../src/sdk/hashing";
import { ANSWERED, ASKED, FIRST_STEP_FAILURE, openaiRun as run } from "../expected";
import { PROGRAM_TIMEOUT_MS, PythonPrograms } from "../pythonPrograms";
import type { JudgedRun } from "../runs";
import { openaiScenarios } from "./replies";

const hash = nodeHash();
/** What the same call's arguments are hashed to everywhere. */
const SAME_ARGUMENTS = hash(argumentsText({ query: "CANARY-same" }) ?? "");

const toolsOf = ({ run: { steps } }: JudgedRun) => steps.filter(({ kind }) => kind === "tool");

describe("OpenLLMetry 0.62, agents marked with its decorators", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("openllmetry", import.meta.dirname, openaiScenarios);
  const ran = (context: TestContext) =>
    programs.run(context, "decorated.py", [
      ...[
        "plain",
        "both_tools",
        "documents",
        "session",
        "loop",
        "failing_tool",
        "broken",
        "month_end",
        "closing",
        "concurrent",
      ],
      ...["untraced_tools", "streamed"],
    ]);

  it("makes one run of each workflow or agent, with its calls of models and tools", async (context) => {
    const { of, runOf } = await ran(context);
    expect(of("plain", "both_tools", "documents", "session", "streamed")).toEqual([
      run("plain", [ANSWERED]),
      run("both_tools", [ASKED, "tool search", ASKED, "tool lookup", ANSWERED]),
      // A function that finds documents is a task, and no retrieval.
      run("documents", [ANSWERED]),
      run("session", [ANSWERED]),
      run("streamed", ["llm gpt-4o ?/? stop"]),
    ]);
    const plain = runOf("plain").run;
    expect(plain.facts.tools_available).toBe(2);
    expect(plain.lines[0]).toMatchObject({
      payload: { input_hash: hash("CANARY-question"), tools: ["search", "lookup"] },
    });
    expect(runOf("both_tools").run.steps[1]).toMatchObject({
      call: { args_hash: SAME_ARGUMENTS },
      answer: { success: true, output_length: "CANARY-result for CANARY-same".length },
    });
    expect(runOf("session").run).toMatchObject({ session_id: "chat-7", user_hash: hash("CANARY-user") });
  });

  it("finds the loop of equal calls, the failed tool and the failed model", async (context) => {
    const { of, runOf } = await ran(context);
    expect(of("loop", "failing_tool", "broken")).toEqual([
      run("loop", [...Array.from({ length: 5 }, () => [ASKED, "tool search"]).flat(), ANSWERED], { TOOL_LOOP: "HIGH" }),
      run("failing_tool", [ASKED, "tool lookup !ValueError", ANSWERED], FIRST_STEP_FAILURE),
      run("broken", ["llm gpt-4o ?/? error !InternalServerError"], FIRST_STEP_FAILURE, "error"),
    ]);
    expect(runOf("loop").run.facts).toMatchObject({ loop_identical: 5, loop_tool: "search" });
  });

  it("makes one run of workflows within workflows, and one each of two that go on at once", async (context) => {
    const { of } = await ran(context);
    const turn = [ASKED, "tool search", ANSWERED];
    const slow = [ANSWERED, "tool search_slowly", "tool search_slowly", ANSWERED];
    expect(of("month_end", "ledger", "closing", "bookkeeper", "concurrent")).toEqual([
      run("month_end", [...turn, ...turn]),
      // An agent within a workflow gives the run its name.
      run("bookkeeper", [ANSWERED]),
      run("concurrent", slow),
      run("concurrent", slow),
    ]);
  });

  it("says neither that tools were avoided nor that the model stalled where their calls have no spans", async (context) => {
    const { of, runOf } = await ran(context);
    expect(of("untraced_tools")).toEqual([
      run("untraced_tools", [...Array.from({ length: 6 }, () => ASKED), ANSWERED]),
    ]);
    const { no_data, run: untraced } = runOf("untraced_tools");
    expect(no_data).toEqual(expect.arrayContaining(["TOOL_AVOIDANCE", "REASONING_STALL"]));
    expect(untraced.facts.tools_available).toBeUndefined();
  });

  it("knows calls, tokens and errors with content tracing off, and nothing of content", async (context) => {
    const off = { TRACELOOP_TRACE_CONTENT: "false" };
    const { of, runOf } = await programs.run(context, "decorated.py", ["loop", "failing_tool"], off);
    expect(of().map(({ calls }) => calls)).toEqual([
      [...Array.from({ length: 5 }, () => [ASKED, "tool search"]).flat(), ANSWERED],
      [ASKED, "tool lookup !ValueError", ANSWERED],
    ]);
    expect(runOf("loop").run.steps.some(({ call }) => call !== undefined && "args_hash" in call)).toBe(false);
    expect(runOf("failing_tool").no_data).toEqual(
      expect.arrayContaining(["OVERSIZED_TOOL_ARGUMENTS", "EMPTY_LLM_RESPONSE"]),
    );
  });

  it("makes the run of the program on its page", async (context) => {
    const { of, runOf } = await programs.runDocumented(context, "integrations/openllmetry.md");
    expect(of()).toEqual([run("travel_agent", [ASKED, "tool weather", ANSWERED])]);
    expect(runOf("travel_agent").run.lines[0]).toMatchObject({
      payload: { input_hash: hash("Do I need an umbrella in Paris?"), tools: ["weather"] },
    });
  });
});

describe("OpenLLMetry 0.62, LangChain and LangGraph", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("openllmetry", import.meta.dirname, openaiScenarios);
  const ran = (context: TestContext) =>
    programs.run(context, "langchain_agents.py", [
      ...["chain", "both_tools", "parallel", "streamed_usage", "concurrent"],
      ...["loop", "failing_tool", "broken", "limited", "documents"],
    ]);

  it("makes one run of each chain and agent; making an agent is none", async (context) => {
    const { of, runOf, runs, counters } = await ran(context);
    expect(of("RunnableSequence", "both_tools", "parallel", "streamed_usage", "concurrent")).toEqual([
      run("RunnableSequence", [ANSWERED]),
      run("both_tools", [ASKED, "tool search", ASKED, "tool lookup", ANSWERED]),
      run("parallel", [ASKED, "tool search", "tool search", ANSWERED]),
      run("streamed_usage", [ANSWERED]),
      run("concurrent", [ANSWERED]),
      run("concurrent", [ANSWERED]),
    ]);
    expect(counters.traces_without_run).toBe(8);
    for (const judged of runs) {
      expect(judged.run.lines[0]).toMatchObject({ payload: { input_hash: hash("CANARY-question") } });
    }
    expect(runOf("RunnableSequence").run.facts.tools_available).toBeUndefined();
    expect(runOf("both_tools").run).toMatchObject({ facts: { tools_available: 2, prompt_tokens: 333 } });
    expect(runOf("both_tools").run.steps[1]).toMatchObject({
      call: { args_hash: SAME_ARGUMENTS },
      answer: { success: true, output_length: "CANARY-result for CANARY-same".length },
    });
    const [one, other] = toolsOf(runOf("parallel"));
    expect(one?.call).not.toEqual(other?.call);
  });

  it("finds the loop though every call has arguments of LangGraph around its own", async (context) => {
    const { of, runOf } = await ran(context);
    const calls = [...Array.from({ length: 5 }, () => [ASKED, "tool search"]).flat(), ANSWERED];
    expect(of("loop")).toEqual([run("loop", calls, { TOOL_LOOP: "HIGH" })]);
    expect(toolsOf(runOf("loop")).map(({ call }) => call)).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining({ args_hash: SAME_ARGUMENTS })),
    );
  });

  it("finds the failed tool, the failed model, the limit and the retriever that found nothing", async (context) => {
    const { of } = await ran(context);
    expect(of("failing_tool", "broken", "limited", "documents")).toEqual([
      run("failing_tool", [ASKED, "tool lookup !ValueError"], FIRST_STEP_FAILURE, "error"),
      run("broken", ["llm gpt-4o ?/? error !OpenAIAPIError"], FIRST_STEP_FAILURE, "error"),
      run("limited", ["llm gpt-4o ?/? error !OpenAIRateLimitError"], FIRST_STEP_FAILURE, "error"),
      run("documents", ["retrieval EmptyRetriever 0", ANSWERED], { RAG_EMPTY_RETRIEVAL: "MEDIUM" }),
    ]);
  });

  it("has nothing of what still comes with content tracing off", async (context) => {
    const off = { TRACELOOP_TRACE_CONTENT: "false" };
    const { of, runOf } = await programs.run(context, "langchain_agents.py", ["both_tools", "failing_tool"], off);
    expect(of().map(({ calls }) => calls)).toEqual([
      [ASKED, "tool search", ASKED, "tool lookup", ANSWERED],
      [ASKED, "tool lookup !ValueError"],
    ]);
    const both = runOf("both_tools");
    expect(both.run.steps.some(({ call }) => call !== undefined && "args_hash" in call)).toBe(false);
    expect(both.no_data).toEqual(expect.arrayContaining(["OVERSIZED_TOOL_ARGUMENTS", "EMPTY_LLM_RESPONSE"]));
  });
});

describe("OpenLLMetry 0.62 beside Haystack", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("openllmetry", import.meta.dirname, openaiScenarios);

  it("sees nothing of a pipeline: each call of a model is a run of its own", async (context) => {
    const { of } = await programs.run(context, "haystack_pipeline.py");
    expect(of()).toEqual([run("haystack-pipeline", [ANSWERED]), run("haystack-pipeline", [ANSWERED])]);
  });
});
