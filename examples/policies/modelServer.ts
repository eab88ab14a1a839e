import { bodyOf, sendJson, serveModel } from "../shared/modelServer";

interface Asked {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string | null }[];
}

/** How often the model asks for its search before it gives up. */
const SEARCHES = 5;
const SEARCH = { name: "catalogue", arguments: '{"query":"button museum"}' };

/** A model that does not learn from an empty result, but does what a system message says. */
function completion({ model, messages }: Asked): object {
  const searched = messages.filter(({ role }) => role === "tool").length;
  const isTold = messages.some(({ role, content }) => role === "system" && content?.includes("without it") === true);
  const isDone = isTold || searched >= SEARCHES;
  const message = isDone
    ? { content: "I do not know when it opens." }
    : { content: null, tool_calls: [{ id: `call_${searched}`, type: "function", function: SEARCH }] };
  const prompt_tokens = 60 + 25 * messages.length;
  return {
    id: `chatcmpl-${searched}`,
    object: "chat.completion",
    created: 1_795_168_800,
    model,
    choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: isDone ? "stop" : "tool_calls" }],
    usage: { prompt_tokens, completion_tokens: 16, total_tokens: prompt_tokens + 16 },
  };
}

/** Starts the fake model. */
export const startModelServer = () =>
  serveModel(async (request, response) => sendJson(response, completion(JSON.parse(await bodyOf(request)))));
