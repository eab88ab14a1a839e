import type { LlmAnswer, LlmCall } from "../../sdk";
import { attempt } from "../../sdk/values";
import type { ModelApi, StreamReader } from "./modelApi";

/** Tells the answer of one model call, once. Its methods throw nothing but the PolicyViolation of a policy that stops here. */
export class CallWatch {
  /** Whether the program has begun to read the answer through the client, so that it will be told from there. */
  reading = false;
  readonly #call: LlmCall;
  readonly #api: ModelApi;
  readonly #started = performance.now();
  #stream: StreamReader | undefined;
  #firstTokenMs: number | undefined;

  constructor(call: LlmCall, api: ModelApi) {
    this.#call = call;
    this.#api = api;
  }

  /** @param result what the call resolved to, not a stream */
  answered(result: unknown): void {
    this.#call.responded(attempt(() => this.#api.answer(result)) ?? {});
  }

  failed(error: unknown): void {
    this.#call.responded({ ...this.#soFar(), error: error ?? String(error) });
  }

  /** The program reads the answer itself: what is in it is unknown. */
  unread(): void {
    this.#call.responded({});
  }

  /** The next piece of a stream. */
  piece(piece: unknown): void {
    this.#stream ??= this.#api.streamReader();
    const stream = this.#stream;
    const isContent = attempt(() => stream.read(piece));
    if (isContent === true) this.#firstTokenMs ??= performance.now() - this.#started;
  }

  /** The stream is read to its end, or its consumer has left it. */
  streamEnded(): void {
    this.#call.responded(this.#soFar());
  }

  #soFar(): LlmAnswer {
    const stream = this.#stream;
    if (stream === undefined) return {};
    return { ...attempt(() => stream.answer()), firstTokenMs: this.#firstTokenMs };
  }
}
