import { HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { Dunetrace, PolicyViolation } from "dunetrace-grafana";
import { DunetraceCallbackHandler } from "dunetrace-grafana/langchain";
import { MuseumModel } from "./museumModel";

const dt = new Dunetrace({ emitAsJson: true });
dt.addPolicy({
  name: "no endless searching",
  condition: { trigger: "tool_call_count", operator: "gt", value: 5 },
  action: { type: "stop" },
});
const dunetrace = new DunetraceCallbackHandler(dt, { tools: ["web_search"] });

/** This museum has no web page, so every search for it comes back empty. */
const webSearch = tool(async ({ query }: { query: string }) => (query === "" ? "about:blank" : "[]"), {
  name: "web_search",
  description: "Searches the web",
  schema: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
});
const agent = createReactAgent({ llm: new MuseumModel({}), tools: [webSearch], name: "museum-guide" });

try {
  const messages = [new HumanMessage("When does the button museum open?")];
  await agent.invoke({ messages }, { callbacks: [dunetrace], recursionLimit: 50 });
} catch (error) {
  if (!(error instanceof PolicyViolation)) throw error;
  console.error(`Stopped: ${dunetrace.lastRunId}`);
}
await dt.shutdown();
