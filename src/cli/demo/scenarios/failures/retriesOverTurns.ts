import { chatAssistant } from "../../agents/chatAssistant";
import type { Scenario } from "../../scenario";

/** A tool that fails once in each turn, with what the user says anew: it is broken, but the agent is not in a frenzy. */
export const retriesOverTurns: Scenario = {
  name: "retries-over-turns",
  agents: [chatAssistant],
  async play(stage) {
    const signals = { RETRY_STORM: "MEDIUM", TOOL_LOOP: "LOW" } as const;
    await stage.run(chatAssistant, { input: "I want to book a table", signals }, async (actor) => {
      await actor.say("For when?");
      for (const day of ["Monday", "Tuesday", "Wednesday"]) {
        await actor.user(`On ${day}`, stage.random.about(25_000));
        await actor.use("book_table", { day }, { fails: "The calendar is not reachable." });
        await actor.say(`${day} did not work.`);
      }
    });
  },
};
