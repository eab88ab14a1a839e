import { generateText, jsonSchema, stepCountIs, tool } from "ai";
import { Dunetrace } from "dunetrace-grafana";
import { dunetraceTracer } from "dunetrace-grafana/ai-sdk";
import { museumModel } from "./museumModel";

const dt = new Dunetrace({ emitAsJson: true });
const experimental_telemetry = { isEnabled: true, functionId: "museum-guide", tracer: dunetraceTracer(dt) };

/** This museum has no web page, so every search for it comes back empty. */
const webSearch = tool({
  description: "Searches the web",
  inputSchema: jsonSchema<{ query: string }>({ type: "object", properties: { query: { type: "string" } } }),
  execute: async ({ query }) => (query === "" ? ["about:blank"] : []),
});

const { text } = await generateText({
  model: museumModel(),
  system: "You answer questions about museums. Search before you answer.",
  prompt: "When does the button museum open?",
  tools: { web_search: webSearch },
  stopWhen: stepCountIs(8),
  experimental_telemetry,
});
console.error(text);
await dt.shutdown();
