import type { LlmAnswer } from "../../sdk";
import { property } from "../models/values";
import { usageOf } from "./usage";

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The text of a message's content: text as it is, the text parts of a list joined. */
export function contentText(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  return content.map((part) => (typeof part === "string" ? part : (text(property(part, "text")) ?? ""))).join("");
}

const FINISH = ["finish_reason", "stop_reason", "finishReason", "stopReason", "done_reason"];

function finishOf(places: readonly unknown[]): string | undefined {
  for (const place of places) {
    for (const name of FINISH) {
      const reason = text(property(place, name));
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}

function toolCallsOf(message: unknown): number | undefined {
  const valid = property(message, "tool_calls");
  const invalid = property(message, "invalid_tool_calls");
  if (!Array.isArray(valid)) return undefined;
  return valid.length + (Array.isArray(invalid) ? invalid.length : 0);
}

/** Reads what LangChain tells when a model has answered, whichever package called it. */
export function llmAnswerOf(output: unknown): LlmAnswer {
  const generations = property(output, "generations");
  const generation = property(property(generations, 0), 0);
  const message = property(generation, "message");
  const metadata = property(message, "response_metadata");
  const info = property(generation, "generationInfo");
  const llmOutput = property(output, "llmOutput");
  const answered = [metadata, llmOutput, info];
  const models = answered.flatMap((place) => [property(place, "model_name"), property(place, "model")]);
  const toolCallCount = toolCallsOf(message);
  return {
    ...usageOf(output, generation),
    model: models.map(text).find((name) => name !== undefined),
    finishReason: finishOf([info, metadata, llmOutput]),
    toolCallCount,
    output: contentText(property(message, "content")) ?? text(property(generation, "text")),
  };
}
