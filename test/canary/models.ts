import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { instrumentAnthropic } from "../../src/integrations/anthropic";
import { autoInstrument } from "../../src/integrations/auto";
import type { Instrumentation } from "../../src/integrations/models/patch";
import {
  errorReply as anthropicError,
  messageReply,
  text,
  toolUse,
} from "../../src/integrations/models/testing/anthropicReplies";
import { FakeModels } from "../../src/integrations/models/testing/fakeModels";
import {
  chatEvents,
  chatReply,
  errorReply,
  functionCall,
  outputText,
  response,
  toolCall,
} from "../../src/integrations/models/testing/openaiReplies";
import { instrumentOpenAI } from "../../src/integrations/openai";
import type { Canaries, Way } from "./canaries";

async function served<T>(fn: (server: FakeModels) => Promise<T>): Promise<T> {
  const server = new FakeModels();
  await server.listen();
  try {
    return await fn(server);
  } finally {
    await server.close();
  }
}

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const piece of stream) void piece;
}

const ignore = (): undefined => undefined;

async function askOpenAI(server: FakeModels, { plant }: Canaries): Promise<void> {
  const openai = new OpenAI({
    apiKey: plant("api key"),
    organization: plant("organization"),
    project: plant("project"),
    baseURL: `${server.url}/v1/${plant("path")}`,
    defaultHeaders: { "x-secret": plant("header") },
    defaultQuery: { token: plant("query") },
    maxRetries: 0,
  });
  const request = {
    model: "gpt-4o",
    messages: [
      { role: "system" as const, content: plant("system prompt") },
      { role: "user" as const, content: plant("prompt"), name: plant("name of the user") },
    ],
    tools: [{ type: "function" as const, function: { name: "search", description: plant("tool description") } }],
    user: plant("user id"),
    metadata: { note: plant("metadata") },
  };
  const calls = [toolCall("c", "search", { q: plant("tool arguments") })];
  server.answer(
    chatReply({ content: plant("answer"), tool_calls: calls }),
    { events: chatEvents([plant("streamed answer")], true) },
    errorReply(400, plant("error code")),
    { status: 200, headers: { "content-type": "application/json" }, events: [{ data: plant("no json") }] },
    { json: response([outputText(plant("response")), functionCall("search", { q: plant("function arguments") })]) },
    { status: 500, json: { error: { message: plant("server error") } } },
  );
  await openai.chat.completions.create(request);
  await read(await openai.chat.completions.create({ ...request, stream: true }));
  await openai.chat.completions.create(request).catch(ignore);
  await openai.chat.completions.create(request).catch(ignore);
  await openai.responses.create({ model: "gpt-4o", input: plant("input"), instructions: plant("instructions") });
  await openai.responses.create({ model: "gpt-4o", input: plant("input of a failure") }).catch(ignore);
}

async function askAnthropic(server: FakeModels, { plant }: Canaries): Promise<void> {
  const anthropic = new Anthropic({
    apiKey: plant("api key"),
    baseURL: `${server.url}/${plant("path")}`,
    defaultHeaders: { "x-secret": plant("header") },
    defaultQuery: { token: plant("query") },
    maxRetries: 0,
  });
  const request = {
    model: "claude-sonnet-5-5",
    max_tokens: 9,
    system: plant("system prompt"),
    messages: [{ role: "user" as const, content: plant("prompt") }],
    metadata: { user_id: plant("user id") },
  };
  server.answer(
    messageReply([text(plant("answer")), toolUse("search", { q: plant("tool arguments") })], "tool_use"),
    anthropicError(400, plant("error type")),
  );
  await anthropic.messages.create(request);
  await anthropic.messages.create(request).catch(ignore);
}

/** Asks inside a run, with instrumentation that is undone. */
const asking = (
  instrument: () => Instrumentation | Promise<Instrumentation>,
  ...programs: readonly ((server: FakeModels, canaries: Canaries) => Promise<void>)[]
): Way => ({
  isWrittenInFull: true,
  play: (client, canaries) =>
    served(async (server) => {
      const { unpatch } = await instrument();
      try {
        await client.dt.run("agent", async () => {
          for (const program of programs) await program(server, canaries);
        });
        return undefined;
      } finally {
        unpatch();
      }
    }),
});

export const openai = asking(() => instrumentOpenAI(OpenAI, { includeUsage: true }), askOpenAI);
export const anthropic = asking(() => instrumentAnthropic(Anthropic), askAnthropic);
export const auto = asking(() => autoInstrument(), askOpenAI, askAnthropic);
