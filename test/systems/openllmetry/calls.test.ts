import { describe, expect, it, type TestContext } from "vitest";
import { ANSWERED, FIRST_STEP_FAILURE, openaiRun } from "../expected";
import { PROGRAM_TIMEOUT_MS, PythonPrograms } from "../pythonPrograms";
import { anthropicScenarios, openaiScenarios } from "./replies";

const RESPONSE = "llm gpt-4o 36/87 stop";

describe("OpenLLMetry 0.62, calls of OpenAI without anything around them", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("openllmetry", import.meta.dirname, openaiScenarios);
  const ran = (context: TestContext) =>
    programs.run(context, "openai_calls.py", [
      ...["plain", "streamed", "streamed_usage", "broken", "limited", "retried", "embedding", "concurrent"],
      ...["responses", "responses_streamed"],
    ]);
  const called = (call: string) => openaiRun("openai-calls", [call]);
  const failed = (type: string) =>
    openaiRun("openai-calls", [`llm gpt-4o ?/? error !${type}`], FIRST_STEP_FAILURE, "error");

  it("makes each a run of its own: answered, streamed, failed, tried again, at once; an embedding is none", async (context) => {
    const { counters, of } = await ran(context);
    expect(of()).toEqual([
      called(ANSWERED),
      called("llm gpt-4o ?/? stop"),
      called(ANSWERED),
      failed("InternalServerError"),
      failed("RateLimitError"),
      called(ANSWERED),
      called(ANSWERED),
      called(ANSWERED),
      called(RESPONSE),
      called(RESPONSE),
    ]);
    expect(counters.traces_without_run).toBe(1);
  });

  it("knows cached and reasoning tokens, the price, and the first piece of a stream", async (context) => {
    const { runs } = await ran(context);
    const [plain, streamed] = runs;
    expect(plain?.run.steps[0]?.answer).toMatchObject({
      model: "gpt-4o-2024-08-06",
      cache_read_tokens: 64,
      reasoning_tokens: 5,
      output_length: "CANARY-answer".length,
    });
    expect(plain?.run.facts.cost_usd).toBeGreaterThan(0);
    expect(plain?.run.steps[0]?.call).not.toHaveProperty("streaming");
    expect(streamed?.run.steps[0]?.call).toMatchObject({ streaming: true });
    expect(streamed?.run.steps[0]?.answer).toHaveProperty("first_token_ms");
  });

  it("answers the metrics that come to the same port, so that nothing is sent again", async (context) => {
    const { counters } = await ran(context);
    expect([...counters.requests.keys()].sort()).toEqual(["POST /v1/metrics 200", "POST /v1/traces 200"]);
  });
});

describe("OpenLLMetry 0.62 beside the tracer in Anthropic's package", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("openllmetry", import.meta.dirname, anthropicScenarios);
  const CALL = "llm claude-sonnet-5-5 1125/33";
  const run = (agent_id: string, exit_reason: string, calls: readonly string[], signals = {}) => ({
    agent_id,
    exit_reason,
    model: "claude-sonnet-5-5",
    calls,
    signals,
  });

  it("counts each call of a workflow once, of which two spans tell side by side", async (context) => {
    const scenarios = ["agent", "workflow_streamed", "workflow_helper", "workflow_broken", "plain"];
    const { of, runOf } = await programs.run(context, "anthropic_calls.py", scenarios);
    const failure = { FIRST_STEP_FAILURE: "MEDIUM" };
    expect(of()).toEqual([
      run("agent", "final_answer", [`${CALL} tool_calls`, "tool search", `${CALL} stop`]),
      run("workflow_streamed", "final_answer", [`${CALL} stop`]),
      run("workflow_helper", "final_answer", [`${CALL} stop`]),
      run("workflow_broken", "error", ["llm claude-sonnet-5-5 ?/? error !overloaded_error"], failure),
      // Without a workflow around them the two spans are two traces.
      run("anthropic-calls", "final_answer", [`${CALL} stop`]),
      run("anthropic-calls", "final_answer", [`${CALL} stop`]),
    ]);
    expect(runOf("agent").run.steps[0]?.answer).toMatchObject({ cache_read_tokens: 1000, cache_write_tokens: 100 });
  });

  it("makes one run of a call that nothing is around once Anthropic's tracer is off", async (context) => {
    const off = { ANTHROPIC_OPEN_TELEMETRY: "false" };
    const { of } = await programs.run(context, "anthropic_calls.py", ["plain", "broken", "limited"], off);
    expect(of().map(({ calls }) => calls)).toEqual([
      [`${CALL} stop`],
      ["llm claude-sonnet-5-5 ?/? error !OverloadedError"],
      ["llm claude-sonnet-5-5 ?/? error !RateLimitError"],
    ]);
  });
});
