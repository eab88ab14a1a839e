import { Dunetrace } from "dunetrace-grafana";
import { type Message, startModelServer } from "./modelServer";

const MODEL = "gpt-4o-mini";
const SYSTEM_PROMPT = "You answer questions about museums. Search before you answer.";
const MOST_ROUNDS = 8;

const server = await startModelServer();
const dt = new Dunetrace({ emitAsJson: true });

/** This museum has no web page, so every search for it comes back empty. */
const webSearch = dt.tool(async (query: string): Promise<string[]> => (query === "" ? ["about:blank"] : []), {
  name: "web_search",
});

async function answer(question: string): Promise<string> {
  const options = { userInput: question, model: MODEL, tools: ["web_search"], systemPrompt: SYSTEM_PROMPT };
  return dt.run("museum-guide", options, async (run) => {
    const messages: Message[] = [
      { role: "system", content: SYSTEM_PROMPT },
      { role: "user", content: question },
    ];
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const completion = await run.llm(MODEL, () => server.complete(MODEL, messages));
      const { message } = completion.choices[0];
      messages.push(message);
      if (message.tool_calls === undefined) return message.content ?? "";
      for (const call of message.tool_calls) {
        const { query }: { query: string } = JSON.parse(call.function.arguments);
        const results = await webSearch(query);
        messages.push({ role: "tool", tool_call_id: call.id, content: JSON.stringify(results) });
      }
    }
    return "I have to give up.";
  });
}

console.error(await answer("When does the button museum open?"));
await dt.shutdown();
await server.close();
