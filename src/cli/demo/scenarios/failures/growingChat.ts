import { chatAssistant } from "../../agents/chatAssistant";
import type { Scenario } from "../../scenario";

/** The same of an agent without a baseline: only a fixed factor says that it grew, so the signal is LOW. */
export const growingChat: Scenario = {
  name: "growing-chat",
  agents: [chatAssistant],
  async play(stage) {
    const setting = { input: "Read this book with me", signals: { CONTEXT_BLOAT: "LOW" } } as const;
    await stage.run(chatAssistant, setting, async (actor) => {
      for (const promptTokens of [420, 1500, 2900]) {
        await actor.say("A fine chapter.", { promptTokens });
        await actor.user("The next chapter, please", stage.random.about(30_000));
      }
      await actor.say("The end.", { promptTokens: 4400 });
    });
  },
};
