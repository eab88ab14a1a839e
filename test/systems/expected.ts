import type { SystemRun } from "./runs";

/** Calls of the model server, as the packages of OpenAI tell them. */
export const ANSWERED = "llm gpt-4o 111/22 stop";
export const ASKED = "llm gpt-4o 111/22 tool_calls";
export const FIRST_STEP_FAILURE = { FIRST_STEP_FAILURE: "MEDIUM" } as const;

/** A run that called gpt-4o; one that ended well unless told otherwise. */
export const openaiRun = (
  agent_id: string,
  calls: readonly string[],
  signals: SystemRun["signals"] = {},
  exit_reason = "final_answer",
): SystemRun => ({ agent_id, exit_reason, model: "gpt-4o", calls, signals });
