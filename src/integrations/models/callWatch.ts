import type { LlmAnswer, LlmCall } from "../../sdk";
import { attempt } from "../../sdk/values";
import type { ModelApi, StreamReader, StreamUsage } from "./modelApi";

/** Tells the answer of one model call, once. Its methods throw nothing but the PolicyViolation of a policy that stops here. */
export class CallWatch {
  /** Whether the program has begun to read the answer through the client, so that it will be told from there. */
  reading = false;
  readonly #call: LlmCall;
  readonly #api: ModelApi;
  readonly #asked: StreamUsage | undefined;
  readonly #started = performance.now();
  #stream: StreamReader | undefined;
  #seen = false;
  #firstTokenMs: number | undefined;

  /** @param asked what the program's stream was made to tell beside what it asked for */
  constructor(call: LlmCall, api: ModelApi, asked?: StreamUsage) {
    this.#call = call;
    this.#api = api;
    this.#asked = asked;
  }

  /** Whether this is the first look at the answer; what is derived from it, such as a parsed one, is no other. */
  isNew(): boolean {
    const isNew = !this.#seen;
    this.#seen = true;
    return isNew;
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

  /**
   * The next piece of a stream.
   *
   * @returns whether the program is to get it
   */
  piece(piece: unknown): boolean {
    this.#stream ??= this.#api.streamReader();
    const stream = this.#stream;
    const isContent = attempt(() => stream.read(piece));
    if (isContent === true) this.#firstTokenMs ??= performance.now() - this.#started;
    return this.#asked?.takeOut(piece) !== true;
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
