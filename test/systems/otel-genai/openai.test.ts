import { describe, expect, it } from "vitest";
import { openaiScenarios } from "../openllmetry/replies";
import { PROGRAM_TIMEOUT_MS, PythonPrograms } from "../pythonPrograms";

const ANSWERED = "llm gpt-4o 111/22 stop";
const FIRST_STEP_FAILURE = { FIRST_STEP_FAILURE: "MEDIUM" };
const SCENARIOS = ["plain", "streamed", "streamed_usage", "agent", "broken", "limited", "responses"];

const run = (call: string, exit_reason = "final_answer", signals = {}) => ({
  agent_id: "openai-calls",
  exit_reason,
  model: "gpt-4o",
  calls: [call],
  signals,
});
const AGENT = {
  ...run(""),
  agent_id: "agent",
  calls: ["llm gpt-4o 111/22 tool_calls", "tool search", ANSWERED],
};
const failed = (type: string) => run(`llm gpt-4o ?/? error !${type}`, "error", FIRST_STEP_FAILURE);

describe("OpenTelemetry's instrumentation of OpenAI", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("otel-openai", import.meta.dirname, openaiScenarios);

  it("tells calls, streams, failures, responses, and an agent whose frame and tools have spans by hand", async (context) => {
    const { of, runs } = await programs.run(context, "openai_calls.py", SCENARIOS);
    expect(of()).toEqual([
      run(ANSWERED),
      run("llm gpt-4o ?/? stop"),
      run(ANSWERED),
      AGENT,
      failed("openai.InternalServerError"),
      failed("openai.RateLimitError"),
      run("llm gpt-4o 36/87 stop"),
    ]);
    expect(runs[1]?.run.steps[0]?.call).toMatchObject({ streaming: true });
    expect(runs[0]?.run.steps[0]?.answer).toMatchObject({ cache_read_tokens: 64 });
  });
});

describe("its predecessor openai-v2", { timeout: PROGRAM_TIMEOUT_MS }, () => {
  const programs = new PythonPrograms("otel-openai-v2", import.meta.dirname, openaiScenarios);

  it("tells no finish reason of streams, and nothing of the Responses API", async (context) => {
    const { of } = await programs.run(context, "openai_calls.py", SCENARIOS);
    expect(of()).toEqual([
      run(ANSWERED),
      run("llm gpt-4o ?/? ?", "completed"),
      run("llm gpt-4o 111/22 ?", "completed"),
      AGENT,
      failed("InternalServerError"),
      failed("RateLimitError"),
    ]);
  });
});
