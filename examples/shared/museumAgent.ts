import { getCurrentRun } from "dunetrace-grafana";

const HOURS = new Map([
  ["button museum", "10 to 17"],
  ["railway museum", "9 to 18"],
]);

/**
 * Stands in for an agent with a tool. It knows nothing of the server: the run of the request is the active one.
 *
 * @throws Error when the tool fails
 */
export async function answer(question: string): Promise<string> {
  const call = getCurrentRun()?.toolCalled("opening_hours", { question });
  if (question.includes("closed")) {
    const error = new Error("The calendar does not answer.");
    call?.responded({ error });
    throw error;
  }
  const found = [...HOURS].find(([museum]) => question.includes(museum))?.[1] ?? "unknown";
  call?.responded({ output: found });
  return `Opening hours: ${found}.`;
}
