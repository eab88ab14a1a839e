import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A message as the chat API of OpenAI has it. */
export interface Message {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | null;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly type: "function";
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** An answer of that API. */
export interface Completion {
  readonly id: string;
  readonly model: string;
  readonly choices: readonly [{ readonly index: 0; readonly message: Message; readonly finish_reason: string }];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

/** How often the model asks for its search before it gives up. */
const SEARCHES = 5;

/** A model that has made up its mind what to search for. */
function respond(messages: readonly Message[]): Completion {
  const searched = messages.filter(({ role }) => role === "tool").length;
  const query = JSON.stringify({ query: "button museum opening hours" });
  const call = {
    id: `call_${searched}`,
    type: "function",
    function: { name: "web_search", arguments: query },
  } as const;
  const message: Message =
    searched < SEARCHES
      ? { role: "assistant", content: null, tool_calls: [call] }
      : { role: "assistant", content: "I could not find out." };
  return {
    id: `chatcmpl-${searched}`,
    model: "gpt-4o-mini-2024-07-18",
    choices: [{ index: 0, message, finish_reason: message.tool_calls === undefined ? "stop" : "tool_calls" }],
    usage: { prompt_tokens: 60 + 25 * messages.length, completion_tokens: 16 },
  };
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const { messages }: { messages: Message[] } = JSON.parse(body);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(respond(messages)));
}

/** Starts the fake model on a free port of loopback. */
export async function startModelServer() {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the model server has no port");
  return {
    async complete(model: string, messages: readonly Message[]): Promise<Completion> {
      const response = await fetch(`http://127.0.0.1:${address.port}/v1/chat/completions`, {
        method: "POST",
        body: JSON.stringify({ model, messages }),
      });
      if (!response.ok) throw new Error(`the model server answered ${response.status}`);
      return JSON.parse(await response.text());
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
