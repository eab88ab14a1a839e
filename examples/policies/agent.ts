import { PolicyViolation } from "dunetrace-grafana";
import type OpenAI from "openai";

const TOOLS: OpenAI.ChatCompletionTool[] = [
  {
    type: "function",
    function: { name: "catalogue", parameters: { type: "object", properties: { query: { type: "string" } } } },
  },
];

/** A plain agent: asks the model, runs the tool it wants, until there is an answer. */
export async function answer(
  openai: OpenAI,
  catalogue: (query: string) => Promise<string>,
  question: string,
): Promise<string> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: question }];
  for (let round = 0; round < 8; round++) {
    const { choices } = await openai.chat.completions.create({ model: "gpt-4o", messages, tools: TOOLS });
    const message = choices[0]?.message;
    if (message === undefined) break;
    if (message.tool_calls === undefined) return message.content ?? "";
    messages.push(message);
    for (const { id } of message.tool_calls) {
      const content = await catalogue("button museum").catch((error: unknown) => {
        // A run that was stopped is no failure of the tool that the model could answer.
        if (error instanceof PolicyViolation) throw error;
        return "The catalogue does not answer.";
      });
      messages.push({ role: "tool", tool_call_id: id, content });
    }
  }
  return "I have to give up.";
}
