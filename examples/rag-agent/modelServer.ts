import { createServer } from "node:http";

/** An answer of the chat API of OpenAI, as far as this example needs it. */
export interface Completion {
  readonly model: string;
  readonly choices: readonly [{ readonly message: { readonly content: string }; readonly finish_reason: "stop" }];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

/** A model that never says that it does not know. */
const completion = (prompt: string): Completion => ({
  model: "gpt-4o-mini-2024-07-18",
  choices: [{ message: { content: "Yes, that is how we do it." }, finish_reason: "stop" }],
  usage: { prompt_tokens: Math.ceil(prompt.length / 4), completion_tokens: 9 },
});

/** Starts the fake model on a free port of loopback. */
export async function startModelServer() {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(completion(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the model server has no port");
  return {
    async complete(prompt: string): Promise<Completion> {
      const messages = [{ role: "user", content: prompt }];
      const response = await fetch(`http://127.0.0.1:${address.port}/v1/chat/completions`, {
        method: "POST",
        body: JSON.stringify({ model: "gpt-4o-mini", messages }),
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
