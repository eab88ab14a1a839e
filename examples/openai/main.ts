import { Dunetrace } from "dunetrace-grafana";
import { instrumentOpenAI } from "dunetrace-grafana/openai";
import OpenAI from "openai";
import { startModelServer } from "./modelServer";

const MODEL = "gpt-4o-mini";

instrumentOpenAI(OpenAI);
const dt = new Dunetrace({ emitAsJson: true });
const server = await startModelServer();
const openai = new OpenAI({ apiKey: "none", baseURL: `${server.url}/v1` });

const TOOLS: OpenAI.ChatCompletionTool[] = [
  {
    type: "function",
    function: { name: "opening_hours", parameters: { type: "object", properties: { museum: { type: "string" } } } },
  },
];
const openingHours = dt.tool(async ({ museum }: { museum: string }) => (museum === "" ? "unknown" : "10 to 17"), {
  name: "opening_hours",
});

/** One call that asks for a tool, then the answer as a stream. */
async function answer(question: string, streamOptions: { include_usage: boolean } | null): Promise<string> {
  const options = { userInput: question, model: MODEL, tools: ["opening_hours"] };
  return dt.run("museum-guide", options, async () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: question }];
    const first = await openai.chat.completions.create({ model: MODEL, messages, tools: TOOLS });
    const message = first.choices[0]?.message;
    if (message !== undefined) messages.push(message);
    for (const call of message?.tool_calls ?? []) {
      if (call.type !== "function") continue;
      const content = await openingHours(JSON.parse(call.function.arguments));
      messages.push({ role: "tool", tool_call_id: call.id, content });
    }
    const stream = await openai.chat.completions.create({
      model: MODEL,
      messages,
      stream: true,
      stream_options: streamOptions,
    });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    return text;
  });
}

const question = "When does the button museum open?";
console.error(await answer(question, { include_usage: true }));
// The same without usage: the tokens of the streamed call are unknown, not 0.
console.error(await answer(question, null));
await dt.shutdown();
await server.close();
