import { afterAll, beforeAll, describe, expect, it, type TestContext, vi } from "vitest";
import { isRecord } from "../../../src/core/wire";
import { pythonOf, systemEnvironment } from "../environment";
import { type JudgedRun, systemRun } from "../runs";
import { System } from "../system";
import { record } from "./record";
import { answers } from "./replies";
import { chatOf, post } from "./requests";
import { Service } from "./service";
import { SlowModel } from "./slowModel";

const INSTALL_MS = 400_000;
const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const PIPELINES = ["assistant", "broken", "chat", "chat_async", "knowledge", "slow", "slow_async", "summary", "words"];
/** How many runs `asked` makes. */
const RUNS = 14;
/** How long the slow model takes. */
const SLOW_MS = 1200;

const python: Record<string, Awaited<ReturnType<typeof systemEnvironment>>> = {};

/** Every way to ask, one after the other. Those that are no runs are among them. */
async function asked({ url }: Service): Promise<number[]> {
  const completions = `${url}/v1/chat/completions`;
  const answered = [
    await post(completions, chatOf("slow", { stream: true })),
    await post(`${url}/summary/run`, { text: "CANARY-text" }),
    await post(`${url}/summary/run`, { text: "CANARY-text" }, { traceparent: TRACEPARENT }),
    await post(`${url}/knowledge/run`, { question: "When does the harbour open?" }),
    await post(`${url}/knowledge/run`, { question: "When does the harbour open?", source: "CANARY-nowhere" }),
    await post(`${url}/broken/run`, { account: "CANARY-account" }),
    await post(`${url}/assistant/run`, { question: "CANARY-question" }),
    await post(completions, chatOf("chat")),
    await post(completions, chatOf("chat", { stream: true })),
    await post(`${url}/v1/responses`, { model: "chat", input: "CANARY-input" }),
    await post(`${url}/chat_async/run`, { question: "CANARY-question" }),
    await post(completions, chatOf("chat_async")),
    await post(completions, chatOf("chat_async", { stream: true })),
    await post(`${url}/words/run`, { question: "CANARY-question" }),
    await post(`${url}/nothing/run`, {}),
  ];
  await fetch(`${url}/status/`);
  return answered.map(({ status }) => status);
}

/** What is said of a run on its first line and on its last. */
function saidOf(text: string, runId: string) {
  const lines = text.split("\n").filter((line) => line.includes(`"run_id":"${runId}"`));
  const payloads = [lines.at(0), lines.at(-1)].map((line) => {
    const parsed: unknown = JSON.parse(line ?? "{}");
    return isRecord(parsed) && isRecord(parsed.payload) ? parsed.payload : {};
  });
  const [started = {}, ended = {}] = payloads;
  return {
    attrs: started.attrs,
    tools: started.tools,
    input_hash: started.input_hash,
    error_type: ended.error_type,
    error_hash: ended.error_hash,
  };
}

describe.each([
  ["hayhooks-2", "haystack.pipeline.run"],
  ["hayhooks-1", "haystack.async_pipeline.run"],
])("%s", (name, asyncPipeline) => {
  let system: System;
  let slow: SlowModel;
  let service: Service | undefined;
  let statuses: number[] = [];
  let runs: readonly JudgedRun[] = [];
  let text = "";
  let started = "";

  beforeAll(async () => {
    const environment = await systemEnvironment(name);
    python[name] = environment;
    if (!("python" in environment)) return;
    system = await System.start();
    slow = await SlowModel.start(SLOW_MS);
    service = await Service.start(environment.python, system, { environment: { SLOW_URL: slow.url } });
    answers(system.models);
    // The deployments of the start close after the grace period, as the runs do.
    await vi.waitFor(() => deploys(PIPELINES.length), { timeout: 60_000, interval: 100 });
    started = system.take().text;
    statuses = await asked(service);
    await vi.waitFor(() => closed(RUNS), { timeout: 60_000, interval: 100 });
    ({ runs, text } = system.take());
    if (name === "hayhooks-2") record("http", started + text);
  }, INSTALL_MS);
  afterAll(async () => {
    await Service.stopAll();
    await slow?.close();
    await system?.close();
  });

  const closed = (count: number): void => {
    system.collector.tick();
    expect(system.collector.counters.runs).toBe(count);
  };
  const deploys = (count: number): void => {
    system.collector.tick();
    expect(system.collector.counters.deploys).toBe(count);
  };
  const ready = (context: TestContext): void => void pythonOf(python[name] ?? { unavailable: name }, context);
  /** The runs of one pipeline, in the order they were asked for. */
  const runsOf = (pipeline: string): readonly JudgedRun[] => runs.filter(({ run }) => run.agent_id === pipeline);
  const said = (pipeline: string, at = 0) => saidOf(text, runsOf(pipeline)[at]?.run.run_id ?? "");
  const llm = "llm gpt-4o-2024-08-06 111/22 stop";
  const streamed = "llm gpt-4o-2024-08-06 ?/? stop";
  const answered = { exit_reason: "final_answer", model: "gpt-4o-2024-08-06", signals: {} };

  it("answered as it should, and no content came through", (context) => {
    ready(context);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 500, 200, 200, 200, 501, 200, 200, 200, 200, 404]);
    expect(runs).toHaveLength(RUNS);
    expect(text + started).not.toContain("CANARY");
  });

  it("makes a run of a plain request, also of one within a caller's trace", (context) => {
    ready(context);
    const [plain, within] = runsOf("summary");
    expect([plain, within].map((run) => run && systemRun(run))).toEqual(
      Array(2).fill({ agent_id: "summary", calls: [llm], ...answered }),
    );
    expect(within?.run.run_id).toBe("0af76519-16cd-43dd-8448-eb211c80319c");
    expect(plain?.run.kind).toBe("run");
    expect(said("summary").attrs).toEqual({
      transport: "rest",
      route: "/summary/run",
      status: 200,
      pipeline: "summary",
    });
    expect(said("summary").input_hash).toBe(said("summary", 1).input_hash);
  });

  it("finds a retriever that found nothing", (context) => {
    ready(context);
    expect(runsOf("knowledge").map(systemRun)).toEqual([
      { agent_id: "knowledge", calls: ["retrieval retriever 1", llm], ...answered },
      {
        ...answered,
        agent_id: "knowledge",
        calls: ["retrieval retriever 0", llm],
        signals: { RAG_EMPTY_RETRIEVAL: "MEDIUM" },
      },
    ]);
  });

  it("says why a pipeline failed", (context) => {
    ready(context);
    const [failed] = runsOf("broken");
    expect(failed && systemRun(failed)).toMatchObject({ exit_reason: "error", calls: [] });
    expect(failed?.signals).toHaveProperty("FIRST_STEP_FAILURE");
    expect(said("broken")).toEqual({
      attrs: { transport: "rest", route: "/broken/run", status: 500, pipeline: "broken" },
      tools: undefined,
      input_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      error_type: expect.stringMatching(/LedgerClosed$/),
      error_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("shows the calls of an agent and its failed tool", (context) => {
    ready(context);
    const [run] = runsOf("assistant");
    expect(run && systemRun(run).calls).toEqual([
      "llm gpt-4o-2024-08-06 111/22 tool_calls",
      "tool web_search",
      expect.stringMatching(/^tool lookup !/),
      llm,
    ]);
    expect(run?.run.exit_reason).toBe("final_answer");
    expect(said("assistant").tools).toEqual(["web_search", "lookup"]);
  });

  it("tells a chat whole from one streamed, of which no tokens are known", (context) => {
    ready(context);
    const [whole, stream, refused] = runsOf("chat");
    expect(whole && systemRun(whole)).toEqual({ agent_id: "chat", calls: [llm], ...answered });
    expect(stream && systemRun(stream)).toEqual({ agent_id: "chat", calls: [streamed], ...answered });
    expect([whole, stream, refused].map((run) => run?.run.kind)).toEqual(Array(3).fill("openai"));
    const called = stream?.run.steps[0];
    expect(called?.call).toMatchObject({ streaming: true });
    expect(called?.answer).toHaveProperty("first_token_ms", expect.any(Number));
    expect(whole?.run.steps[0]?.call).not.toHaveProperty("streaming");
    expect(stream?.no_data).toContain("COST_SPIKE");
    expect(said("chat", 1).attrs).toMatchObject({ stream_type: "sse", status: 200, transport: "openai" });
    // What was asked is the same, although a streamed pipeline sends its data in another form.
    expect(said("chat", 1).input_hash).toBe(said("chat").input_hash);
    expect(refused?.run.exit_reason).toBe("error");
    expect(said("chat", 2)).toMatchObject({ error_type: "HTTPException", attrs: { status: 501 } });
  });

  it("does the same for coroutines and for plain text", (context) => {
    ready(context);
    expect(runsOf("chat_async").map(systemRun)).toEqual([
      { agent_id: "chat_async", calls: [llm], ...answered },
      { agent_id: "chat_async", calls: [llm], ...answered },
      { agent_id: "chat_async", calls: [streamed], ...answered },
    ]);
    expect(runsOf("chat_async").map(({ run }) => run.kind)).toEqual(["run", "openai", "openai"]);
    expect(text).toContain(`"name":"${asyncPipeline}"`);
    // Its generator asks for the usage.
    expect(runsOf("words").map(systemRun)).toEqual([{ agent_id: "words", calls: [llm], ...answered }]);
    expect(runsOf("slow").map(systemRun)).toEqual([{ agent_id: "slow", calls: [streamed], ...answered }]);
    const [slowly] = runsOf("slow")[0]?.run.steps ?? [];
    expect(slowly?.answer).toMatchObject({ first_token_ms: expect.any(Number), latency_ms: expect.any(Number) });
    expect(said("words").attrs).toMatchObject({ stream_type: "plain", transport: "rest" });
  });

  it("marks each deployment once, and counts what is no run", async (context) => {
    ready(context);
    const markers = started.split("\n").filter((line) => line.includes('"deploy.marker"'));
    expect(markers.map((line) => /"agent_id":"([^"]+)"/.exec(line)?.[1]).sort()).toEqual(PIPELINES);
    // The deployments of the start and the status asked for, then a path there is not, a redirect, and where it led.
    expect(system.collector.counters.traces_without_run).toBe(5);
    expect(system.collector.traces).toMatchObject({ late_spans: 0, duplicate_spans: 0, dropped_spans: 0 });
  });
});
