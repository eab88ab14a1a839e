import { isRecord } from "../../core/wire";
import { readLlmResult } from "../../sdk/llmResult";
import type { ModelApi, StreamReader } from "../models/modelApi";
import { type Fields, property } from "../models/values";

function firstChoice(piece: unknown): Fields | undefined {
  const choices = property(piece, "choices");
  if (!Array.isArray(choices)) return undefined;
  // With several choices asked for, the first one is the answer, as in an answer that is not streamed.
  return choices.filter(isRecord).find(({ index }) => index === 0 || index === undefined);
}

/** Puts the pieces of a streamed chat completion together, as far as a run needs it. */
class ChatReader implements StreamReader {
  #model: unknown;
  #usage: unknown;
  #finish: unknown;
  #calledFunction = false;
  readonly #toolCalls = new Set<unknown>();
  readonly #texts: string[] = [];

  read(piece: unknown): boolean {
    this.#model ??= property(piece, "model");
    this.#usage = property(piece, "usage") ?? this.#usage;
    const choice = firstChoice(piece);
    if (choice === undefined) return false;
    this.#finish = choice.finish_reason ?? this.#finish;
    return isRecord(choice.delta) && this.#readDelta(choice.delta);
  }

  #readDelta(delta: Fields): boolean {
    let isContent = false;
    for (const text of [delta.content, delta.refusal]) {
      if (typeof text !== "string" || text === "") continue;
      this.#texts.push(text);
      isContent = true;
    }
    if (Array.isArray(delta.tool_calls)) {
      for (const call of delta.tool_calls) this.#toolCalls.add(property(call, "index"));
      isContent ||= delta.tool_calls.length > 0;
    }
    if (isRecord(delta.function_call)) {
      this.#calledFunction = true;
      isContent = true;
    }
    return isContent;
  }

  answer() {
    const { output, toolCallCount, ...known } = readLlmResult({
      model: this.#model,
      usage: this.#usage,
      choices: [
        {
          finish_reason: this.#finish,
          message: {
            content: this.#texts.join(""),
            tool_calls: Array.from(this.#toolCalls, () => ({})),
            function_call: this.#calledFunction ? {} : undefined,
          },
        },
      ],
    });
    return typeof this.#finish === "string" ? { ...known, toolCallCount, output } : known;
  }
}

/** `chat.completions.create` */
export const chatCompletions: ModelApi = {
  answer: readLlmResult,
  streamReader: () => new ChatReader(),
  inject: (request, prompts) => {
    const { messages } = request;
    if (!Array.isArray(messages)) return undefined;
    const added = prompts.map((content) => ({ role: "system", content }));
    return { ...request, messages: [...added, ...messages] };
  },
};
