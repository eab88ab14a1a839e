import type { Micros } from "../core/wire";
import type { RunCalls } from "./runCalls";

/** When and in which span something happened, for integrations that tell it later. Without it: now. */
export interface Moment {
  /** µs since the Unix epoch; a time that is still to come counts as now. */
  readonly at?: Micros | undefined;
  readonly spanId?: string | undefined;
  readonly parentSpanId?: string | undefined;
}

/** What is known of an LLM call before its answer. */
export interface LlmCallOptions {
  readonly promptTokens?: number | undefined;
  readonly provider?: string | undefined;
  readonly streaming?: boolean | undefined;
  /** Name and version of the managed prompt. */
  readonly promptName?: string | undefined;
  readonly promptVersion?: string | undefined;
}

/** What is known of an LLM answer. Leave out what is not known: 0 means measured and none. */
export interface LlmAnswer {
  /** The model that answered, where it differs from the one called. */
  readonly model?: string | undefined;
  /** Cached parts included. */
  readonly promptTokens?: number | undefined;
  /** Reasoning included. */
  readonly completionTokens?: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly cacheWriteTokens?: number | undefined;
  readonly reasoningTokens?: number | undefined;
  /** ms; measured from the call when left out. */
  readonly latencyMs?: number | undefined;
  readonly firstTokenMs?: number | undefined;
  /** As the provider says it: `stop`, `end_turn`, `max_tokens`, `tool_calls` … */
  readonly finishReason?: string | undefined;
  readonly toolCallCount?: number | undefined;
  /** The answer itself: hashed and measured in the process, never written unless capture is full. */
  readonly output?: unknown;
  /** UTF-16 code units, where the answer itself is not at hand. */
  readonly outputLength?: number | undefined;
  /** USD; computed from the tokens when left out. */
  readonly costUsd?: number | undefined;
  /** Whatever was thrown; the finish reason is `error` then. */
  readonly error?: unknown;
}

/** What is known of a tool's answer. */
export interface ToolAnswer {
  /** Default: true, or false with an `error`. */
  readonly success?: boolean | undefined;
  /** The result itself: only its length is written unless capture is full. */
  readonly output?: unknown;
  /** UTF-16 code units, where the result itself is not at hand. */
  readonly outputLength?: number | undefined;
  /** ms; measured from the call when left out. */
  readonly latencyMs?: number | undefined;
  readonly error?: unknown;
}

/** What is known of a retrieval's answer. */
export interface RetrievalAnswer {
  readonly resultCount?: number | undefined;
  /** Best score; null when there was none. */
  readonly topScore?: number | null | undefined;
  /** ms; measured from the call when left out. */
  readonly latencyMs?: number | undefined;
  readonly error?: unknown;
}

/** What every open call knows of itself. `step` is 0 when the call was not recorded, such as after the end of the run. */
export interface CallStart {
  readonly name: string | undefined;
  readonly step: number;
  readonly time: Micros;
}

/** A tool call that waits for its answer. Needed where calls run in parallel; else `run.toolResponded` finds it by name. */
export class ToolCall implements CallStart {
  readonly name: string;
  readonly step: number;
  readonly time: Micros;
  readonly #calls: RunCalls;
  #answered = false;

  constructor(calls: RunCalls, name: string, step: number, time: Micros) {
    this.#calls = calls;
    this.name = name;
    this.step = step;
    this.time = time;
  }

  /**
   * A second answer is ignored.
   *
   * @throws PolicyViolation when a policy stops the run here
   */
  responded(answer: ToolAnswer = {}, moment?: Moment): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#calls.toolResponded(this.name, this, answer, moment);
  }
}

/** An LLM call that waits for its answer. Needed where calls run in parallel; else `run.llmResponded` takes the newest. */
export class LlmCall implements CallStart {
  /** The requested model. */
  readonly name: string | undefined;
  readonly provider: string | undefined;
  readonly step: number;
  readonly time: Micros;
  readonly #calls: RunCalls;
  #answered = false;

  constructor(calls: RunCalls, name: string | undefined, provider: string | undefined, step: number, time: Micros) {
    this.#calls = calls;
    this.name = name;
    this.provider = provider;
    this.step = step;
    this.time = time;
  }

  /**
   * A second answer is ignored.
   *
   * @throws PolicyViolation when a policy stops the run here
   */
  responded(answer: LlmAnswer = {}, moment?: Moment): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#calls.llmResponded(this, this.provider, answer, moment);
  }
}

/** A retrieval that waits for its answer. */
export class RetrievalCall implements CallStart {
  readonly name: string;
  readonly step: number;
  readonly time: Micros;
  readonly #calls: RunCalls;
  #answered = false;

  constructor(calls: RunCalls, name: string, step: number, time: Micros) {
    this.#calls = calls;
    this.name = name;
    this.step = step;
    this.time = time;
  }

  responded(answer: RetrievalAnswer = {}, moment?: Moment): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#calls.retrievalResponded(this.name, this, answer, moment);
  }
}
