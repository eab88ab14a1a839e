import type OpenAI from "openai";
import { MODEL, QUESTION, SYSTEM, TOOLS } from "./scenes";

export type Messages = OpenAI.ChatCompletionMessageParam[];

/** What is known of one answer of the model. */
export interface Answer {
  readonly content: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly args: string }[];
  readonly model: string;
  readonly finish: string;
  readonly usage: OpenAI.CompletionUsage | undefined;
}

/** How an agent reaches its model and its tools, which is where it is measured. */
export interface Reach {
  ask(messages: Messages): Promise<Answer>;
  use(name: string, args: Readonly<Record<string, unknown>>, id: string): Promise<string>;
}

const tools = TOOLS.map((name) => ({
  type: "function" as const,
  function: { name, parameters: { type: "object", properties: {} } },
}));

/** The agent as one writes it with the openai package: a loop over the tools that the model calls. */
export async function playAgent({ ask, use }: Reach): Promise<string> {
  const messages: Messages = [
    { role: "system", content: SYSTEM },
    { role: "user", content: QUESTION },
  ];
  for (;;) {
    const { content, calls } = await ask(messages);
    if (calls.length === 0) return content;
    messages.push({
      role: "assistant",
      content,
      tool_calls: calls.map(({ id, name, args }) => ({ id, type: "function", function: { name, arguments: args } })),
    });
    for (const { id, name, args } of calls) {
      const result = await use(name, JSON.parse(args), id).catch((error: Error) => `Error: ${error.message}`);
      messages.push({ role: "tool", tool_call_id: id, content: result });
    }
  }
}

/** Asks the model for a whole answer. */
export const complete = (openai: OpenAI, messages: Messages): Promise<OpenAI.ChatCompletion> =>
  openai.chat.completions.create({ model: MODEL, messages, tools });

/** The answer in a chat completion. */
export function answerOf({ model, choices, usage }: OpenAI.ChatCompletion): Answer {
  const [choice] = choices;
  const calls = (choice?.message.tool_calls ?? []).flatMap((call) =>
    call.type === "function" ? [{ id: call.id, name: call.function.name, args: call.function.arguments }] : [],
  );
  return { content: choice?.message.content ?? "", calls, model, finish: choice?.finish_reason ?? "", usage };
}

/** Asks the model for an answer in pieces, and for its usage. */
export async function askStreamed(openai: OpenAI, messages: Messages, onFirst?: () => void): Promise<Answer> {
  const stream = await openai.chat.completions.create({
    model: MODEL,
    messages,
    tools,
    stream: true,
    stream_options: { include_usage: true },
  });
  let content = "";
  const calls: { id: string; name: string; args: string }[] = [];
  let last: Pick<Answer, "model" | "finish" | "usage"> = { model: "", finish: "", usage: undefined };
  for await (const { model, choices, usage } of stream) {
    const [choice] = choices;
    if (content === "" && calls.length === 0 && (choice?.delta.content || choice?.delta.tool_calls)) onFirst?.();
    content += choice?.delta.content ?? "";
    for (const { id = "", function: called } of choice?.delta.tool_calls ?? []) {
      calls.push({ id, name: called?.name ?? "", args: called?.arguments ?? "" });
    }
    last = { model, finish: choice?.finish_reason ?? last.finish, usage: usage ?? last.usage };
  }
  return { content, calls, ...last };
}
