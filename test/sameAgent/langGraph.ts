import { HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { ChatOpenAI } from "@langchain/openai";
import { DunetraceCallbackHandler } from "../../src/integrations/langchain";
import { recorded } from "./inRun";
import { MODEL, perform, QUESTION, repliesOf, SYSTEM, TOOLS } from "./scenes";
import type { Way } from "./way";

const SCHEMA = { type: "object", properties: { q: { type: "string" }, day: { type: "string" } } } as const;

/** LangGraph's agent with LangChain's own model for OpenAI, measured by the callback handler. */
export const langGraph: Way = async (scene, { models }) => {
  const baseURL = `${models.answerBelow(scene.agent, ...repliesOf(scene))}/v1`;
  const llm = new ChatOpenAI({ model: MODEL, apiKey: "CANARY-key", maxRetries: 0, configuration: { baseURL } });
  const tools = TOOLS.map((name) =>
    tool((args: Record<string, unknown>) => perform(name, args), { name, description: name, schema: SCHEMA }),
  );
  const graph = createReactAgent({ llm, tools, prompt: SYSTEM, name: scene.agent });
  const client = recorded();
  const callbacks = [new DunetraceCallbackHandler(client.dt, { tools: TOOLS, model: MODEL, systemPrompt: SYSTEM })];
  const asked = { messages: [new HumanMessage(QUESTION)] };
  if (!scene.streamed) await graph.invoke(asked, { callbacks });
  // This mode makes LangGraph stream every model call.
  else for await (const _ of await graph.stream(asked, { callbacks, streamMode: "messages" }));
  return client.texts.join("\n");
};
