import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";

/** Stands in for a model, such as `ChatOpenAI`: it has made up its mind what to search for, and never stops. */
export class MuseumModel extends BaseChatModel {
  override _llmType(): string {
    return "museum";
  }

  override invocationParams() {
    return { model: "gpt-4o-mini" };
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const message = new AIMessage({
      content: "",
      tool_calls: [
        {
          id: `call_${messages.length}`,
          name: "web_search",
          args: { query: "button museum opening hours" },
          type: "tool_call",
        },
      ],
      response_metadata: { model_name: "gpt-4o-mini-2024-07-18", finish_reason: "tool_calls" },
    });
    const promptTokens = 60 + 25 * messages.length;
    const llmOutput = { tokenUsage: { promptTokens, completionTokens: 16, totalTokens: promptTokens + 16 } };
    return { generations: [{ text: "", message }], llmOutput };
  }
}
