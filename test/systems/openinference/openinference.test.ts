import { describe, expect, it, type TestContext } from "vitest";
import { argumentsText } from "../../../src/core/hashing";
import { nodeHash } from "../../../src/sdk/hashing";
import { ANSWERED, ASKED, FIRST_STEP_FAILURE, openaiRun as run } from "../expected";
import { openaiScenarios } from "../openllmetry/replies";
import { PROGRAM_TIMEOUT_MS, PythonPrograms } from "../pythonPrograms";

const hash = nodeHash();

describe("OpenInference, calls of OpenAI", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("openinference", import.meta.dirname, openaiScenarios);
  const ran = (context: TestContext) =>
    programs.run(context, "openai_calls.py", [
      ...["plain", "streamed", "streamed_usage", "broken", "responses", "embedding"],
      ...["agent", "loop", "failing_tool", "untraced_tools", "documents"],
    ]);

  it("makes each call with nothing around it a run; an embedding is none", async (context) => {
    const { of, runs, counters } = await ran(context);
    const called = (call: string) => run("openai-calls", [call]);
    expect(of("openai-calls").slice(0, 5)).toEqual([
      called(ANSWERED),
      called("llm gpt-4o ?/? stop"),
      called(ANSWERED),
      run("openai-calls", ["llm gpt-4o ?/? error !openai.InternalServerError"], FIRST_STEP_FAILURE, "error"),
      // Spans of the Responses API have no finish reason.
      run("openai-calls", ["llm gpt-4o 36/87 ?"], {}, "completed"),
    ]);
    expect(counters.traces_without_run).toBe(1);
    const [plain, streamed, , , responses] = runs;
    expect(plain?.run.steps[0]?.answer).toMatchObject({
      model: "gpt-4o-2024-08-06",
      cache_read_tokens: 64,
      reasoning_tokens: 5,
      output_length: "CANARY-answer".length,
    });
    expect(plain?.run.facts.cost_usd).toBeGreaterThan(0);
    expect(streamed?.run.steps[0]).toMatchObject({ call: { streaming: true } });
    expect(streamed?.run.steps[0]?.answer).toHaveProperty("first_token_ms");
    expect(responses?.run.steps[0]?.answer).toMatchObject({
      cache_read_tokens: 12,
      reasoning_tokens: 40,
      output_length: "CANARY-answer".length,
    });
  });

  it("makes one run of an agent whose frame and tools have spans by hand", async (context) => {
    const { of, runOf } = await ran(context);
    expect(of("agent", "loop", "failing_tool")).toEqual([
      run("agent", [ASKED, "tool search", ANSWERED]),
      run("loop", [...Array.from({ length: 5 }, () => [ASKED, "tool search"]).flat(), ANSWERED], { TOOL_LOOP: "HIGH" }),
      run("failing_tool", [ASKED, "tool search !ValueError", ANSWERED], FIRST_STEP_FAILURE),
    ]);
    const { run: agent } = runOf("agent");
    expect(agent).toMatchObject({
      session_id: "chat-7",
      user_hash: hash("CANARY-user"),
      facts: { tools_available: 1 },
    });
    expect(agent.lines[0]).toMatchObject({ payload: { input_hash: hash("CANARY-question"), tools: ["search"] } });
    expect(agent.steps[1]).toMatchObject({
      call: { args_hash: hash(argumentsText({ query: "CANARY-same" }) ?? "") },
      answer: { success: true, output_length: "CANARY-result".length },
    });
  });

  it("says neither that tools were avoided nor that the model stalled where only the model's answers tell of them", async (context) => {
    const { of, runOf } = await ran(context);
    expect(of("untraced_tools")).toEqual([
      run("untraced_tools", [...Array.from({ length: 6 }, () => ASKED), ANSWERED]),
    ]);
    expect(runOf("untraced_tools").no_data).toEqual(expect.arrayContaining(["TOOL_AVOIDANCE", "REASONING_STALL"]));
  });

  it("finds a retriever that found nothing, and the best score of one that did", async (context) => {
    const { of, runs } = await ran(context);
    const calls = ["retrieval lookup 2", "retrieval lookup 0", ANSWERED];
    expect(of().at(-1)).toEqual(run("openai-calls", calls, { RAG_EMPTY_RETRIEVAL: "MEDIUM" }));
    expect(runs.at(-1)?.run.steps[0]?.answer).toMatchObject({ result_count: 2, top_score: 0.9 });
  });

  it("makes the run of the program on its page", async (context) => {
    const { of, runOf } = await programs.runDocumented(context, "integrations/openinference.md");
    expect(of()).toEqual([run("travel_agent", [ASKED, "tool weather", ANSWERED])]);
    expect(runOf("travel_agent").run.lines[0]).toMatchObject({
      payload: { input_hash: hash("Do I need an umbrella in Paris?"), tools: ["weather"] },
    });
  });

  it("knows calls, tokens and failures with inputs and outputs hidden, and nothing of content", async (context) => {
    const hidden = { OPENINFERENCE_HIDE_INPUTS: "true", OPENINFERENCE_HIDE_OUTPUTS: "true" };
    const { of, runs } = await programs.run(context, "openai_calls.py", ["plain", "broken"], hidden);
    expect(of().map(({ calls }) => calls)).toEqual([[ANSWERED], ["llm gpt-4o ?/? error !openai.InternalServerError"]]);
    expect(runs[0]?.run.steps[0]?.answer).not.toHaveProperty("output_hash");
  });
});

describe("OpenInference, Haystack pipelines", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("openinference", import.meta.dirname, openaiScenarios);
  /** Finish reason and requested model are not in these spans. */
  const CALL = "llm gpt-4o-2024-08-06 111/22 ?";
  const ran = (context: TestContext) =>
    programs.run(context, "haystack_pipelines.py", ["plain", "found", "empty", "agent", "broken"]);
  const pipeline = (calls: readonly string[], signals = {}, exit_reason = "completed") => ({
    ...run("haystack-pipelines", calls, signals, exit_reason),
    model: "gpt-4o-2024-08-06",
  });

  it("makes each a run, with its models and retrievers; an empty retriever is found", async (context) => {
    const { of } = await ran(context);
    expect(of().slice(0, 3)).toEqual([
      pipeline([CALL]),
      pipeline(["retrieval InMemoryBM25Retriever.run 2", CALL]),
      pipeline(["retrieval InMemoryBM25Retriever.run 0", CALL]),
    ]);
  });

  it("knows the calls of an agent's model, and that of its tools nothing is known", async (context) => {
    const { of, runs } = await ran(context);
    expect(of()[3]).toEqual(pipeline([CALL, CALL]));
    expect(runs[3]?.no_data).toContain("TOOL_AVOIDANCE");
  });

  it("finds the failed model", async (context) => {
    const { of } = await ran(context);
    const failed = pipeline(["llm ? ?/? error !openai.InternalServerError"], FIRST_STEP_FAILURE, "error");
    expect(of()[4]).toEqual({ ...failed, model: undefined });
  });

  it("counts a call once of which the pipeline and the client below it tell, and knows what either knows", async (context) => {
    const both = { WITH_OPENAI: "true" };
    const { of } = await programs.run(context, "haystack_pipelines.py", ["plain", "agent", "broken"], both);
    const ran = (calls: readonly string[], signals = {}, exit_reason = "final_answer") =>
      run("haystack-pipelines", calls, signals, exit_reason);
    expect(of()).toEqual([
      ran([ANSWERED]),
      ran([ASKED, ANSWERED]),
      ran(["llm gpt-4o ?/? error !openai.InternalServerError"], FIRST_STEP_FAILURE, "error"),
    ]);
  });
});
