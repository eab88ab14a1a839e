import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import OpenAI from "openai";

/** The usage of a chat completion as LangChain's own packages pass it on. */
function usageOf(usage: OpenAI.CompletionUsage | null | undefined) {
  if (usage === undefined || usage === null) return undefined;
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    total_tokens: usage.total_tokens,
    input_token_details: { cache_read: usage.prompt_tokens_details?.cached_tokens ?? 0 },
    output_token_details: { reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0 },
  };
}

const ROLES: Readonly<Record<string, "user" | "assistant" | "system">> = { human: "user", ai: "assistant" };

/** A chat model on the real openai package, as `@langchain/openai` is one. */
export class ServerModel extends BaseChatModel {
  readonly #client: OpenAI;

  constructor(baseURL: string) {
    super({});
    this.#client = new OpenAI({ apiKey: "CANARY-key", baseURL: `${baseURL}/v1`, maxRetries: 0 });
  }

  override _llmType(): string {
    return "server";
  }

  override invocationParams() {
    return { model: "gpt-4o" };
  }

  override getLsParams() {
    return { ls_provider: "openai", ls_model_name: "gpt-4o", ls_model_type: "chat" as const };
  }

  override bindTools() {
    return this;
  }

  #request(messages: BaseMessage[]) {
    const asked = messages.map((message) => ({ role: ROLES[message.getType()] ?? "user", content: message.text }));
    return { model: "gpt-4o", messages: asked };
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const completion = await this.#client.chat.completions.create(this.#request(messages));
    const [choice] = completion.choices;
    const usage_metadata = usageOf(completion.usage);
    const message = new AIMessage({
      content: choice?.message.content ?? "",
      tool_calls: (choice?.message.tool_calls ?? []).flatMap((call) =>
        call.type === "function"
          ? [
              {
                id: call.id,
                name: call.function.name,
                args: JSON.parse(call.function.arguments),
                type: "tool_call" as const,
              },
            ]
          : [],
      ),
      response_metadata: { model_name: completion.model, finish_reason: choice?.finish_reason },
    });
    if (usage_metadata !== undefined) Object.assign(message, { usage_metadata });
    return { generations: [{ text: message.text, message }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    _options: this["ParsedCallOptions"],
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const request = { ...this.#request(messages), stream: true as const, stream_options: { include_usage: true } };
    for await (const piece of await this.#client.chat.completions.create(request)) {
      const [choice] = piece.choices;
      const text = choice?.delta.content ?? "";
      const usage_metadata = usageOf(piece.usage);
      const message = new AIMessageChunk(text);
      if (usage_metadata !== undefined) Object.assign(message, { usage_metadata });
      const finish = choice?.finish_reason;
      const generationInfo = finish === null || finish === undefined ? {} : { finish_reason: finish };
      yield new ChatGenerationChunk({ text, message, generationInfo });
      if (text !== "") await manager?.handleLLMNewToken(text);
    }
  }
}
