import type { LlmAnswer } from "../../sdk";
import { readLlmResult } from "../../sdk/llmResult";
import type { ModelApi, StreamReader } from "../models/modelApi";
import { property } from "../models/values";

/** Events that hold the response as it is at the end. */
const LAST: ReadonlySet<unknown> = new Set(["response.completed", "response.incomplete", "response.failed"]);
/** Events that hold it as it is at the start. */
const FIRST: ReadonlySet<unknown> = new Set(["response.created", "response.in_progress", "response.queued"]);

class ResponseReader implements StreamReader {
  #answer: LlmAnswer = {};

  read(piece: unknown): boolean {
    const type = property(piece, "type");
    if (LAST.has(type)) {
      this.#answer = readLlmResult(property(piece, "response"));
    } else if (FIRST.has(type)) {
      const { model } = readLlmResult(property(piece, "response"));
      this.#answer = { model };
    } else if (type === "error") {
      const message = property(piece, "message");
      const code = property(piece, "code");
      this.#answer = { ...this.#answer, error: { name: "Error", code, message: String(message) } };
    }
    return typeof type === "string" && type.endsWith(".delta");
  }

  answer(): LlmAnswer {
    return this.#answer;
  }
}

/** `responses.create` */
export const responses: ModelApi = {
  answer: readLlmResult,
  streamReader: () => new ResponseReader(),
  inject: (request, prompts) => {
    const { instructions } = request;
    if (prompts.length === 0) return request;
    const texts = typeof instructions === "string" ? [...prompts, instructions] : prompts;
    return { ...request, instructions: texts.join("\n\n") };
  },
};
