import { LokiError } from "../../logql/errors";
import type { MetLimit } from "./observations";

/**
 * Asks for one part of a report. What goes wrong at Loki is noted with the question, so that it takes nothing else away.
 *
 * @returns undefined when there was no answer
 */
export async function tried<T>(question: string, limits: MetLimit[], ask: () => Promise<T>): Promise<T | undefined> {
  const answer = await answerOf(ask);
  if (!(answer instanceof LokiError)) return answer;
  limits.push({ question, error: answer });
  return undefined;
}

/** The answer, or why Loki gave none. */
export async function answerOf<T>(ask: () => Promise<T>): Promise<T | LokiError> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LokiError) return error;
    throw error;
  }
}
