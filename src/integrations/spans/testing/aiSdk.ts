/** What the models of the AI SDK answer in tests, in the terms of its versions 6 and 7. */

const finishReason = { unified: "stop" as const, raw: "stop" };

export const USAGE = {
  inputTokens: { total: 111, noCache: 47, cacheRead: 64, cacheWrite: 0 },
  outputTokens: { total: 22, text: 17, reasoning: 5 },
};

/** An answer that is also an object. */
export const OBJECT = '{"day":"CANARY-sunday"}';

export const answer = (text: string) => ({
  content: [{ type: "text" as const, text }],
  finishReason,
  usage: USAGE,
  warnings: [],
});

/** The pieces of `OBJECT` as a stream. */
export const PIECES = [
  { type: "stream-start" as const, warnings: [] },
  { type: "text-start" as const, id: "1" },
  { type: "text-delta" as const, id: "1", delta: OBJECT.slice(0, 7) },
  { type: "text-delta" as const, id: "1", delta: OBJECT.slice(7) },
  { type: "text-end" as const, id: "1" },
  { type: "finish" as const, finishReason, usage: USAGE },
];

/** An error of the provider, with content in every field, after which the AI SDK tries again at once. */
export const REFUSED = {
  message: "CANARY-error",
  url: "http://127.0.0.1/?key=CANARY",
  requestBodyValues: { prompt: "CANARY" },
  responseBody: "CANARY",
  responseHeaders: { "retry-after-ms": "1" },
  statusCode: 429,
  isRetryable: true,
};

/** The first pieces of a stream that then waits until it is aborted. */
export function untilAborted(abortSignal: AbortSignal | undefined): ReadableStream<(typeof PIECES)[number]> {
  return new ReadableStream({
    start(controller) {
      for (const piece of PIECES.slice(0, 3)) controller.enqueue(piece);
      abortSignal?.addEventListener("abort", () => controller.error(abortSignal.reason));
    },
  });
}
