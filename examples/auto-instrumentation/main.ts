import { Dunetrace } from "dunetrace-grafana";
import { autoInstrument } from "dunetrace-grafana/auto";
import OpenAI from "openai";
import { startServices } from "./services";

// Once per process, awaited before the first model call. Clients that exist already are covered too.
const { patched } = await autoInstrument(["openai", "anthropic", "fetch", "http"]);
console.error(`Instrumented: ${patched.join(", ")}`);

const dt = new Dunetrace({ emitAsJson: true });
const services = await startServices();
const openai = new OpenAI({ apiKey: "none", baseURL: `${services.url}/v1` });

/** Knows nothing of the SDK. */
async function answer(question: string): Promise<string> {
  let tickets = "none";
  for (let attempt = 0; attempt < 4 && tickets === "none"; attempt++) {
    const response = await fetch(`${services.url}/tickets?attempt=${attempt}`);
    if (response.ok) tickets = await response.text();
  }
  const completion = await openai.chat.completions.create({
    model: "gpt-4o-mini",
    messages: [
      { role: "system", content: `Tickets left: ${tickets}` },
      { role: "user", content: question },
    ],
  });
  return completion.choices[0]?.message.content ?? "";
}

const question = "Are there tickets for the button museum?";
console.error(await dt.run("ticket-desk", { userInput: question }, () => answer(question)));
await dt.shutdown();
await services.close();
