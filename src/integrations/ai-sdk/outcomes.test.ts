import { APICallError, generateObject, generateText, jsonSchema, streamObject, streamText } from "ai";
import { MockLanguageModelV3, simulateReadableStream } from "ai/test";
import { describe, expect, it, vi } from "vitest";
import { RecordedClient } from "../../sdk/testing/record";
import { answer, OBJECT, PIECES, REFUSED, untilAborted } from "../spans/testing/aiSdk";
import { toldBy } from "../spans/testing/told";
import { dunetraceTracer } from ".";

const schema = jsonSchema<{ day: string }>({ type: "object", properties: { day: { type: "string" } } });

const refused = () => new APICallError(REFUSED);

function recorded() {
  const client = new RecordedClient({ clock: undefined });
  const experimental_telemetry = { isEnabled: true, functionId: "museum", tracer: dunetraceTracer(client.dt) };
  return { client, experimental_telemetry };
}

/** A model that answers in turn; an error is thrown. */
function answering(...answers: readonly (ReturnType<typeof answer> | Error)[]): MockLanguageModelV3 {
  let at = 0;
  return new MockLanguageModelV3({
    modelId: "gpt-4o",
    doGenerate: async () => {
      const next = answers[Math.min(at++, answers.length - 1)];
      if (next === undefined || next instanceof Error) throw next;
      return next;
    },
  });
}

const streaming = (chunks: readonly ((typeof PIECES)[number] | { type: "error"; error: Error })[]) =>
  new MockLanguageModelV3({
    modelId: "gpt-4o",
    doStream: async () => ({ stream: simulateReadableStream({ chunks: [...chunks] }) }),
  });

const onError = (): void => undefined;

describe("objects", () => {
  it("are one call, with tokens and the length of the object", async () => {
    const { client, experimental_telemetry } = recorded();
    await generateObject({ model: answering(answer(OBJECT)), schema, prompt: "CANARY", experimental_telemetry });
    expect(toldBy(client)).toEqual(["llm gpt-4o", "llm 111/22 stop", "final_answer"]);
    expect(client.of("llm.responded")[0]?.payload.output_length).toBe(OBJECT.length);
  });

  it("that are streamed are too", async () => {
    const { client, experimental_telemetry } = recorded();
    const result = streamObject({ model: streaming(PIECES), schema, prompt: "CANARY", experimental_telemetry });
    for await (const piece of result.partialObjectStream) void piece;
    await result.object;
    await vi.waitFor(() => expect(client.types).toContain("run.completed"));
    expect(toldBy(client)).toEqual(["llm gpt-4o streams", "llm 111/22 stop", "final_answer"]);
    const [{ payload } = { payload: undefined }] = client.of("llm.responded");
    expect(payload).toMatchObject({ first_token_ms: expect.any(Number), output_length: OBJECT.length });
  });

  it("that are none fail the run, not the call", async () => {
    const { client, experimental_telemetry } = recorded();
    const model = answering(answer("CANARY, no JSON"));
    await expect(generateObject({ model, schema, prompt: "CANARY", experimental_telemetry })).rejects.toThrow();
    expect(toldBy(client)).toEqual(["llm gpt-4o", "llm 111/22 stop", "error AI_NoObjectGeneratedError"]);
  });
});

describe("retries", () => {
  it("are calls of their own", async () => {
    const { client, experimental_telemetry } = recorded();
    await generateText({ model: answering(refused(), answer("hi")), prompt: "CANARY", experimental_telemetry });
    expect(toldBy(client)).toEqual([
      "llm gpt-4o",
      "llm ?/? error !AI_APICallError",
      "llm gpt-4o",
      "llm 111/22 stop",
      "final_answer",
    ]);
  });

  it("that all fail end the run with the error", async () => {
    const { client, experimental_telemetry } = recorded();
    const asked = generateText({
      model: answering(refused()),
      prompt: "CANARY",
      maxRetries: 1,
      experimental_telemetry,
    });
    await expect(asked).rejects.toThrow("CANARY-error");
    const failed = ["llm gpt-4o", "llm ?/? error !AI_APICallError"];
    expect(toldBy(client)).toEqual([...failed, ...failed, "error AI_RetryError"]);
  });
});

describe("streams", () => {
  it("that are aborted are no answer, and no error", async () => {
    const { client, experimental_telemetry } = recorded();
    const abort = new AbortController();
    const model = new MockLanguageModelV3({
      modelId: "gpt-4o",
      doStream: async ({ abortSignal }) => ({ stream: untilAborted(abortSignal) }),
    });
    const abortSignal = abort.signal;
    const { textStream } = streamText({ model, prompt: "CANARY", abortSignal, experimental_telemetry, onError });
    for await (const piece of textStream) {
      expect(piece).toBe(OBJECT.slice(0, 7));
      abort.abort();
    }
    await vi.waitFor(() => expect(client.types).toContain("run.completed"));
    expect(toldBy(client)).toEqual(["llm gpt-4o streams", "aborted"]);
  });

  it("that break off are failed calls", async () => {
    const { client, experimental_telemetry } = recorded();
    const model = streaming([...PIECES.slice(0, 3), { type: "error", error: new TypeError("CANARY") }]);
    const { textStream } = streamText({ model, prompt: "CANARY", experimental_telemetry, onError });
    for await (const piece of textStream) void piece;
    await vi.waitFor(() => expect(client.types).toContain("run.completed"));
    expect(toldBy(client)).toEqual(["llm gpt-4o streams", "llm ?/? error", "completed"]);
  });
});
