import OpenAI from "openai";
import type { RunContext } from "../../src/sdk";
import { RecordedClient } from "../../src/sdk/testing/record";
import type { System } from "../systems/system";
import { MODEL, QUESTION, repliesOf, type Scene, SYSTEM, TOOLS } from "./scenes";

/** A client of the model server, which has the answers of the scene. */
export function openaiFor(scene: Scene, { models }: System): OpenAI {
  const baseURL = models.answerBelow(scene.agent, ...repliesOf(scene));
  return new OpenAI({ apiKey: "CANARY-key", baseURL: `${baseURL}/v1`, maxRetries: 0 });
}

/** A client whose lines stay at hand, on the system's clock. */
export const recorded = (): RecordedClient => new RecordedClient({ clock: undefined });

/** Runs an agent as one run, and gives its lines. */
export async function inRun(
  scene: Scene,
  client: RecordedClient,
  agent: (run: RunContext) => Promise<string>,
): Promise<string> {
  const options = { userInput: QUESTION, model: MODEL, tools: TOOLS, systemPrompt: SYSTEM };
  await client.dt.run(scene.agent, options, agent);
  return client.texts.join("\n");
}
