import { Dunetrace, getCurrentRun } from "dunetrace-grafana";
import { startModelServer } from "./modelServer";
import { type Found, search } from "./retriever";

const MODEL = "gpt-4o-mini";

const server = await startModelServer();
const dt = new Dunetrace({ emitAsJson: true });

/** Searches the handbook and tells the run about it. */
function retrieve(question: string): Found {
  const call = getCurrentRun()?.retrievalCalled("handbook", question);
  const found = search(question);
  call?.responded({ resultCount: found.texts.length, topScore: found.topScore });
  return found;
}

/** Every call is a run of the agent, with the question as its input. */
const answer = dt.agent(
  { agentId: "handbook", model: MODEL, tools: [], systemPrompt: "Answer from the handbook." },
  async (question: string): Promise<string> => {
    const { texts } = retrieve(question);
    const prompt = `Answer from the handbook.\n${texts.join("\n")}\n${question}`;
    const run = getCurrentRun();
    const completion = await (run?.llm(MODEL, () => server.complete(prompt)) ?? server.complete(prompt));
    return completion.choices[0].message.content;
  },
);

for (const question of ["How many days of remote work are possible?", "May employees bring pets along?"]) {
  console.error(`${question} ${await answer(question)}`);
}
await dt.shutdown();
await server.close();
