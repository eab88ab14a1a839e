import { isRecord } from "../../core/wire";
import type { LlmAnswer } from "../../sdk";
import { readLlmResult } from "../../sdk/llmResult";
import type { ModelApi, StreamReader } from "../models/modelApi";
import { type Fields, property, propertyAt } from "../models/values";

/** The known numbers of a later report over those of an earlier one: the reports of a stream are totals. */
function merged(earlier: Fields, later: unknown): Fields {
  if (!isRecord(later)) return earlier;
  const known = Object.entries(later).filter(([, value]) => value !== null && value !== undefined);
  return { ...earlier, ...Object.fromEntries(known) };
}

/** Puts the events of a streamed message together, as far as a run needs it. */
class MessageReader implements StreamReader {
  #model: unknown;
  #stopReason: unknown;
  #usage: Fields = {};
  #toolUses = 0;
  readonly #texts: string[] = [];

  read(piece: unknown): boolean {
    switch (property(piece, "type")) {
      case "message_start": {
        this.#model = propertyAt(piece, ["message", "model"]);
        // The output tokens of the start are those of the first piece; the whole comes with message_delta.
        this.#usage = { ...merged({}, propertyAt(piece, ["message", "usage"])), output_tokens: undefined };
        return false;
      }
      case "content_block_start":
        return this.#readBlock(property(piece, "content_block"));
      case "content_block_delta":
        return (
          this.#readText(propertyAt(piece, ["delta", "text"])) || propertyAt(piece, ["delta", "type"]) !== undefined
        );
      case "message_delta":
        this.#stopReason = propertyAt(piece, ["delta", "stop_reason"]) ?? this.#stopReason;
        this.#usage = merged(this.#usage, property(piece, "usage"));
        return false;
      default:
        return false;
    }
  }

  #readBlock(block: unknown): boolean {
    if (property(block, "type") !== "tool_use") return this.#readText(property(block, "text"));
    this.#toolUses++;
    return true;
  }

  #readText(text: unknown): boolean {
    if (typeof text !== "string" || text === "") return false;
    this.#texts.push(text);
    return true;
  }

  answer(): LlmAnswer {
    const { output, toolCallCount, ...known } = readLlmResult({
      type: "message",
      model: this.#model,
      usage: this.#usage,
      stop_reason: this.#stopReason,
      content: [
        { type: "text", text: this.#texts.join("") },
        ...Array.from({ length: this.#toolUses }, () => ({ type: "tool_use" })),
      ],
    });
    return typeof this.#stopReason === "string" ? { ...known, toolCallCount, output } : known;
  }
}

/** The system prompt with texts in front of it. */
function systemWith(prompts: readonly string[], system: unknown): unknown {
  if (Array.isArray(system)) return [...prompts.map((text) => ({ type: "text", text })), ...system];
  return (typeof system === "string" ? [...prompts, system] : prompts).join("\n\n");
}

/** `messages.create` */
export const messages: ModelApi = {
  answer: readLlmResult,
  streamReader: () => new MessageReader(),
  inject: (request, prompts) =>
    prompts.length === 0 ? request : { ...request, system: systemWith(prompts, request.system) },
};
