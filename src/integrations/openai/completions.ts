import { isRecord } from "../../core/wire";
import type { LlmAnswer } from "../../sdk";
import { readLlmResult } from "../../sdk/llmResult";
import type { ModelApi, StreamReader } from "../models/modelApi";
import { type Fields, property } from "../models/values";

function choicesOf(value: unknown): readonly Fields[] {
  const choices = property(value, "choices");
  return Array.isArray(choices) ? choices.filter(isRecord) : [];
}

/** A text completion says in `text` what a chat completion says in `message.content`. */
function readCompletion(result: unknown): LlmAnswer {
  const choice = choicesOf(result)[0];
  if (choice === undefined) return {};
  const { toolCallCount: _, ...answer } = readLlmResult({
    model: property(result, "model"),
    usage: property(result, "usage"),
    choices: [{ finish_reason: choice.finish_reason, message: { content: choice.text } }],
  });
  return answer;
}

class CompletionReader implements StreamReader {
  #model: unknown;
  #usage: unknown;
  #finish: unknown;
  readonly #texts: string[] = [];

  read(piece: unknown): boolean {
    this.#model ??= property(piece, "model");
    this.#usage = property(piece, "usage") ?? this.#usage;
    const choice = choicesOf(piece).find(({ index }) => index === 0 || index === undefined);
    if (choice === undefined) return false;
    this.#finish = choice.finish_reason ?? this.#finish;
    if (typeof choice.text !== "string" || choice.text === "") return false;
    this.#texts.push(choice.text);
    return true;
  }

  answer(): LlmAnswer {
    const { output, ...known } = readCompletion({
      model: this.#model,
      usage: this.#usage,
      choices: [{ finish_reason: this.#finish, text: this.#texts.join("") }],
    });
    return typeof this.#finish === "string" ? { ...known, output } : known;
  }
}

/** `completions.create`, the older text completions. */
export const textCompletions: ModelApi = {
  answer: readCompletion,
  streamReader: () => new CompletionReader(),
  inject: (request, prompts) => {
    const { prompt } = request;
    return typeof prompt === "string" ? { ...request, prompt: [...prompts, prompt].join("\n\n") } : undefined;
  },
};
