import Anthropic from "@anthropic-ai/sdk";
import { Dunetrace } from "dunetrace-grafana";
import { instrumentAnthropic } from "dunetrace-grafana/anthropic";
import { startModelServer } from "./modelServer";

const MODEL = "claude-sonnet-5";
/** Too few for what is asked. */
const MAX_TOKENS = 64;

instrumentAnthropic(Anthropic);
const dt = new Dunetrace({ emitAsJson: true });
const server = await startModelServer();
const anthropic = new Anthropic({ apiKey: "none", baseURL: server.url });

/** Asks the model to go on for as long as its answer was cut. */
async function write(topic: string): Promise<string> {
  return dt.run("catalogue-writer", { userInput: topic, model: MODEL, tools: [] }, async () => {
    const messages: Anthropic.MessageParam[] = [{ role: "user", content: topic }];
    const parts: string[] = [];
    for (;;) {
      const { content, stop_reason } = await anthropic.messages.create({
        model: MODEL,
        max_tokens: MAX_TOKENS,
        messages,
      });
      parts.push(...content.map((block) => (block.type === "text" ? block.text : "")));
      if (stop_reason !== "max_tokens") return parts.join(" ");
      messages.push({ role: "assistant", content }, { role: "user", content: "Go on." });
    }
  });
}

console.error(await write("A history of the button"));
await dt.shutdown();
await server.close();
