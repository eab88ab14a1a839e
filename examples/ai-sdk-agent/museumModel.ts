import type { LanguageModel } from "ai";

type Model = Extract<LanguageModel, { readonly specificationVersion: "v3" }>;

/** How often the model asks for its search before it gives up. */
const SEARCHES = 5;

/** Stands in for a model, such as `openai("gpt-4o-mini")`: it has made up its mind what to search for. */
export function museumModel(): Model {
  let asked = 0;
  return {
    specificationVersion: "v3",
    provider: "openai.chat",
    modelId: "gpt-4o-mini",
    supportedUrls: {},
    async doGenerate({ prompt }) {
      asked++;
      const isSearch = asked <= SEARCHES;
      const input = JSON.stringify({ query: "button museum opening hours" });
      const total = 60 + 25 * prompt.length;
      return {
        content: isSearch
          ? [{ type: "tool-call", toolCallId: `call_${asked}`, toolName: "web_search", input }]
          : [{ type: "text", text: "I could not find out." }],
        finishReason: { unified: isSearch ? "tool-calls" : "stop", raw: undefined },
        usage: {
          inputTokens: { total, noCache: total, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 16, text: 16, reasoning: undefined },
        },
        warnings: [],
      };
    },
    doStream: async () => {
      throw new Error("This model does not stream.");
    },
  };
}
