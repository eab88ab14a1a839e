import { LegacyOpenTelemetry, OpenTelemetry } from "@ai-sdk/otel";
import { context } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { APICallError, generateText, isStepCount, jsonSchema, Output, streamText, tool } from "ai-7";
import { MockLanguageModelV4, simulateReadableStream } from "ai-7/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RecordedClient } from "../../sdk/testing/record";
import { answer, OBJECT, PIECES, REFUSED, USAGE, untilAborted } from "../spans/testing/aiSdk";
import { toldBy } from "../spans/testing/told";
import { DunetraceSpanProcessor } from ".";
import { Contexts } from "./testing/contexts";

beforeAll(() => void context.setGlobalContextManager(new Contexts()));
afterAll(() => context.disable());

const call = (id: string, toolName: string) => ({
  content: [{ type: "tool-call" as const, toolCallId: id, toolName, input: '{"q":"CANARY-args"}' }],
  finishReason: { unified: "tool-calls" as const, raw: "tool_calls" },
  usage: USAGE,
  warnings: [],
});
const refused = () => new APICallError(REFUSED);

type Answer = Awaited<ReturnType<MockLanguageModelV4["doGenerate"]>>;

function answering(...answers: readonly (Answer | Error)[]): MockLanguageModelV4 {
  let at = 0;
  return new MockLanguageModelV4({
    modelId: "gpt-4o",
    provider: "openai.chat",
    doGenerate: async () => {
      const next = answers[Math.min(at++, answers.length - 1)];
      if (next === undefined || next instanceof Error) throw next;
      return next;
    },
  });
}

const MODES = { OpenTelemetry, LegacyOpenTelemetry };

describe.each(Object.entries(MODES))("ai 7 through %s of @ai-sdk/otel", (mode, Integration) => {
  function recorded() {
    const client = new RecordedClient({ clock: undefined });
    const provider = new BasicTracerProvider({ spanProcessors: [new DunetraceSpanProcessor(client.dt)] });
    const integrations = [new Integration({ tracer: provider.getTracer("ai") })];
    return { client, telemetry: { isEnabled: true, functionId: "museum", integrations } };
  }

  it("is one run with its model calls and tools, of which one fails", async () => {
    const { client, telemetry } = recorded();
    const inputSchema = jsonSchema<{ q: string }>({ type: "object", properties: { q: { type: "string" } } });
    const tools = {
      search: tool({ inputSchema, execute: async () => "CANARY-found" }),
      broken: tool({
        inputSchema,
        execute: async (): Promise<string> => {
          throw new TypeError("CANARY-error");
        },
      }),
    };
    const model = answering(call("1", "search"), call("2", "broken"), answer("CANARY-answer"));
    await generateText({ model, prompt: "CANARY-question", tools, stopWhen: isStepCount(5), telemetry });
    const told = toldBy(client);
    expect(client.raw("run.started").agent_id).toBe("museum");
    expect(client.of("run.completed")[0]?.payload.facts).toMatchObject({
      llm_calls: 3,
      tool_calls: 2,
      tool_failures: 1,
      prompt_tokens: 333,
      completion_tokens: 66,
      unmetered_llm_calls: 0,
    });
    // The tools of the older spans lie inside those of the model, which end after them.
    const search = ["tool search", "tool search ok"];
    const broken = ["tool broken", "tool broken !TypeError"];
    const [asked, calls, last] = ["llm gpt-4o", "llm 111/22 tool_calls", ["llm gpt-4o", "llm 111/22 stop"]];
    expect(told).toEqual(
      mode === "OpenTelemetry"
        ? [asked, calls, ...search, asked, calls, ...broken, ...last, "final_answer"]
        : [asked, ...search, calls, asked, ...broken, calls, ...last, "final_answer"],
    );
    expect(client.of("tool.called").map(({ step_index, payload }) => [step_index, payload.args_length])).toEqual([
      [2, 19],
      [4, 19],
    ]);
  });

  it("has objects as one call", async () => {
    const { client, telemetry } = recorded();
    const schema = jsonSchema<{ day: string }>({ type: "object", properties: { day: { type: "string" } } });
    const output = Output.object({ schema });
    await generateText({ model: answering(answer(OBJECT)), prompt: "CANARY", output, telemetry });
    expect(toldBy(client)).toEqual(["llm gpt-4o", "llm 111/22 stop", "final_answer"]);
    expect(client.of("llm.responded")[0]?.payload.output_length).toBe(OBJECT.length);
  });

  it("has a call that a retry mends as one call", async () => {
    const { client, telemetry } = recorded();
    await generateText({ model: answering(refused(), answer("hi")), prompt: "CANARY", telemetry });
    expect(toldBy(client)).toEqual(["llm gpt-4o", "llm 111/22 stop", "final_answer"]);
  });

  it("has a call that no retry mends as a failed one", async () => {
    const { client, telemetry } = recorded();
    const asked = generateText({ model: answering(refused()), prompt: "CANARY", maxRetries: 1, telemetry });
    await expect(asked).rejects.toThrow("CANARY-error");
    expect(toldBy(client)).toEqual(["llm gpt-4o", "llm ?/? error !AI_RetryError", "error AI_RetryError"]);
  });

  it("has the tokens of a stream", async () => {
    const { client, telemetry } = recorded();
    const doStream = async () => ({ stream: simulateReadableStream({ chunks: PIECES }) });
    const { textStream } = streamText({
      model: new MockLanguageModelV4({ modelId: "gpt-4o", doStream }),
      prompt: "CANARY",
      telemetry,
    });
    for await (const piece of textStream) void piece;
    const asked = mode === "OpenTelemetry" ? "llm gpt-4o" : "llm gpt-4o streams";
    expect(toldBy(client)).toEqual([asked, "llm 111/22 stop", "final_answer"]);
    expect(client.of("llm.responded")[0]?.payload.output_length).toBe(OBJECT.length);
  });

  it("knows nothing of the answer of a stream that is aborted", async () => {
    const { client, telemetry } = recorded();
    const abort = new AbortController();
    const model = new MockLanguageModelV4({
      modelId: "gpt-4o",
      doStream: async ({ abortSignal }) => ({ stream: untilAborted(abortSignal) }),
    });
    const options = { model, prompt: "CANARY", abortSignal: abort.signal, telemetry, onError: () => undefined };
    for await (const piece of streamText(options).textStream) {
      expect(piece).toBe(OBJECT.slice(0, 7));
      abort.abort();
    }
    const asked = mode === "OpenTelemetry" ? "llm gpt-4o" : "llm gpt-4o streams";
    expect(toldBy(client)).toEqual([asked, "llm ?/? ?", "completed"]);
  });
});
