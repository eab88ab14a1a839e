import { join } from "node:path";
import { Dunetrace, PolicyViolation } from "dunetrace-grafana";
import { instrumentOpenAI } from "dunetrace-grafana/openai";
import OpenAI from "openai";
import { answer } from "./agent";
import { startModelServer } from "./modelServer";

instrumentOpenAI(OpenAI);
const dt = new Dunetrace({ emitAsJson: true, policies: join(import.meta.dirname, "policies.json") });
const server = await startModelServer();
const openai = new OpenAI({ apiKey: "none", baseURL: `${server.url}/v1` });

const empty = dt.tool(async (query: string) => (query === "" ? "unknown" : "[]"), { name: "catalogue" });
const broken = dt.tool(async (_query: string): Promise<string> => Promise.reject(new Error("503")), {
  name: "catalogue",
});

const question = "When does the button museum open?";
for (const [agentId, catalogue] of [
  ["looping-guide", empty],
  ["expensive-guide", empty],
  ["stubborn-guide", broken],
] as const) {
  try {
    const said = await dt.run(agentId, { userInput: question }, () => answer(openai, catalogue, question));
    console.error(`${agentId}: ${said}`);
  } catch (error) {
    if (!(error instanceof PolicyViolation)) throw error;
    console.error(`${agentId}: stopped. ${error.message}`);
  }
}
await dt.shutdown();
await server.close();
