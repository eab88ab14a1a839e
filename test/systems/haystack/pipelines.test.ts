import { describe, expect, it, vi } from "vitest";
import { nodeHash } from "../../../src/sdk/hashing";
import { type JudgedRun, systemRun } from "../runs";
import { System } from "../system";
import { answered, ended, PROGRAM_MS, runsOf, silent, VERSIONS } from "./haystack";
import { HaystackProgram } from "./programs";
import { answerPrograms } from "./replies";

const hash = nodeHash();
const QUESTION = "What is CANARY-question about Paris?";
const failed = (type: string) => `llm ? ?/? error !${type}`;

const NAMES = [
  ...["plain", "documents", "empty", "again", "injected", "instructed", "nameless", "streamed", "streamed_usage"],
  ...["broken", "limited", "replaced", "concurrent", "talks", "custom"],
];

function named(runs: readonly JudgedRun[], agent: string): JudgedRun {
  const found = runs.find(({ run }) => run.agent_id === agent);
  if (found === undefined) throw new Error(`no run of ${agent}`);
  return found;
}

describe.each(VERSIONS)("pipelines of Haystack %d", { timeout: PROGRAM_MS }, (version) => {
  const program = new HaystackProgram(version, "pipelines", NAMES);

  it("are runs with their models, retrievers and tokens", async (context) => {
    const { stdout, ...all } = await program.sent(context);
    const runs = runsOf(all, "plain", "documents", "empty", "again", "injected", "instructed", "kb-service");
    expect(runs.map(systemRun)).toEqual([
      ended("plain", [answered]),
      ended("documents", ["retrieval retriever 2", answered]),
      ended("empty", ["retrieval retriever 0", answered], { signals: { RAG_EMPTY_RETRIEVAL: "MEDIUM" } }),
      ended("again", [...Array.from({ length: 3 }, () => "retrieval retriever 1"), answered], {
        signals: { TOOL_LOOP: "HIGH" },
      }),
      ended("injected", [answered], { signals: { PROMPT_INJECTION_SIGNAL: "CRITICAL" } }),
      // Its component is an agent around the model.
      ended("instructed", [answered]),
      // Without a name in the pipeline's metadata the service names the agent.
      ended("kb-service", [answered]),
    ]);

    const plain = named(runs, "plain");
    expect(plain.run).toMatchObject({
      source: "otlp",
      capture: "hash",
      status: "completed",
      facts: { llm_calls: 1, prompt_tokens: 111, completion_tokens: 22, unmetered_llm_calls: 0, unpriced_llm_calls: 0 },
    });
    expect(plain.run.facts.cost_usd).toBeGreaterThan(0);
    expect(plain.run.steps[0]?.answer).toMatchObject({
      cache_read_tokens: 64,
      reasoning_tokens: 5,
      output_hash: hash("CANARY-answer"),
      output_length: "CANARY-answer".length,
    });
    expect(plain.run.lines[0]?.payload).toMatchObject({ input_hash: hash(QUESTION), input_length: QUESTION.length });

    const [search] = named(runs, "documents").run.steps;
    expect(search?.call).toEqual({ index_name: "retriever", query_hash: hash(QUESTION) });
    expect(search?.answer).toMatchObject({ result_count: 2, top_score: Number(stdout.split("\n")[0]) });
    expect(named(runs, "empty").run.facts).toMatchObject({ retrieval_min_results: 0 });
    expect(named(runs, "empty").run.steps[0]?.answer).toMatchObject({ result_count: 0, top_score: null });
    expect(named(runs, "again").run.facts).toMatchObject({ loop_stuck: 3, loop_tool: "retriever" });
  });

  it("tell a stream by its first piece, and its tokens where the client asks for them", async (context) => {
    const runs = runsOf(await program.sent(context), "streamed", "streamed_usage");
    expect(runs.map(systemRun)).toEqual([
      ended("streamed", [answered.replace("111/22", "?/?")]),
      ended("streamed_usage", [answered]),
    ]);
    for (const { run } of runs) {
      const [step] = run.steps;
      expect(step?.call).toMatchObject({ streaming: true });
      expect(step?.answer).toMatchObject({ first_token_ms: expect.any(Number), output_hash: hash("CANARY-answer") });
      expect(run.facts.streaming_llm_calls).toBe(1);
    }
    expect(named(runs, "streamed").no_data).toContain("COST_SPIKE");
  });

  it("fail as the model's client did, in the model's call and in the run", async (context) => {
    const { stdout, ...all } = await program.sent(context);
    const runs = runsOf(all, "broken", "limited", "replaced");
    expect(stdout).toContain("broken PipelineRuntimeError\nlimited PipelineRuntimeError\n");
    const failure = { exit_reason: "error", model: undefined, signals: { FIRST_STEP_FAILURE: "MEDIUM" } } as const;
    // Version 2 has no spans for the models inside a FallbackChatGenerator: only the call that counts is known.
    const attempts = version === 2 ? [answered] : [failed("openai.InternalServerError"), answered];
    expect(runs.map(systemRun)).toEqual([
      ended("broken", [failed("openai.InternalServerError")], failure),
      ended("limited", [failed("openai.RateLimitError")], failure),
      ended("replaced", attempts),
    ]);
    expect(runs.map(({ run }) => run.ended)).toEqual(["run.errored", "run.errored", "run.completed"]);
    expect(runs[1]?.run.lines.at(-1)?.payload).toMatchObject({
      error_type: "openai.RateLimitError",
      error_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("run at a time without mixing", async (context) => {
    const runs = runsOf(await program.sent(context), "concurrent");
    const expected = ended("concurrent", ["retrieval retriever 1", answered]);
    expect(runs.map(systemRun)).toEqual([expected, expected]);
    const [first, second] = runs.map(({ run }) => run);
    expect(first?.run_id).not.toBe(second?.run_id);
    // They were at it at the same time.
    expect(second?.started_at).toBeLessThan(first?.ended_at ?? 0);
  });

  it("belong to the session and the user that a span around them names", async (context) => {
    const runs = runsOf(await program.sent(context), "talk_1", "talk_2");
    expect(runs.map(systemRun)).toEqual([ended("talk_1", [answered]), ended("talk_2", [answered])]);
    for (const { run } of runs) {
      expect(run).toMatchObject({ session_id: "talk-7", user_hash: hash("CANARY-user") });
    }
  });

  it("leave no content in the lines", async (context) => {
    const { runs, text } = await program.sent(context);
    // Two names stand for two runs each.
    expect(runs).toHaveLength(NAMES.length + 2);
    expect(text).not.toContain("CANARY");
  });

  it("have no data without content tracing, and none of the content that is sent all the same", async (context) => {
    const taken = vi.spyOn(program.system.collector, "take");
    const names = ["plain", "empty", "again", "streamed", "broken"];
    const { runs, text } = await program.run(context, names, {});
    const call = "llm ? ?/? ?";
    const search = "retrieval retriever ?";
    expect(runs.map(systemRun)).toEqual([
      silent("plain", [call]),
      silent("empty", [search, call]),
      // Equal questions cannot be told from others.
      silent("again", [search, search, search, call], { signals: { TOOL_LOOP: "LOW" } }),
      silent("streamed", [call]),
      silent("broken", [failed("openai.InternalServerError")], {
        exit_reason: "error",
        signals: { FIRST_STEP_FAILURE: "MEDIUM" },
      }),
    ]);
    expect(named(runs, "empty").no_data).toEqual(expect.arrayContaining(["COST_SPIKE", "RAG_EMPTY_RETRIEVAL"]));
    expect(named(runs, "streamed").run.facts).toMatchObject({ unmetered_llm_calls: 1, streaming_llm_calls: 0 });
    const spans = taken.mock.calls.flatMap(([read]) => read.spans);
    taken.mockRestore();
    const prompts = spans.map(({ attributes }) => attributes.get("haystack.pipeline.input_data"));
    expect(prompts.join()).toContain("CANARY-question");
    expect(spans.map(({ statusMessage }) => statusMessage).join()).toContain("CANARY-error");
    expect(text).not.toContain("CANARY");
  });

  it("keep components that nothing tells about as spans, counted by their class", async (context) => {
    const runs = runsOf(await program.sent(context), "custom");
    expect(runs.map(systemRun)).toEqual([ended("custom", [answered])]);
    const spans = runs[0]?.run.lines.filter(({ event_type }) => event_type === "span.ended");
    expect(spans?.map(({ payload }) => payload)).toMatchObject([
      { name: "haystack.component.run", label: "retriever", status: "ok" },
      { name: "haystack.component.run", label: "prompt", status: "ok" },
    ]);
    expect(program.system.collector.counters.unknownSpans.get("MyLookup")).toBe(1);
  });

  it("count such components as what the collector is told they are", async (context) => {
    const told = await System.start({ classify: [["MyLookup", "retrieval"]] });
    answerPrograms(told.models);
    const { runs, text } = await program.run(context, ["custom"], undefined, told);
    expect(runs.map(systemRun)).toEqual([ended("custom", ["retrieval retriever 1", answered])]);
    expect(runs[0]?.run.steps[0]).toMatchObject({
      call: { index_name: "retriever", query_hash: hash(QUESTION) },
      answer: { result_count: 1, top_score: 0.75 },
    });
    expect(text).not.toContain("CANARY");
    await told.close();
  });
});
