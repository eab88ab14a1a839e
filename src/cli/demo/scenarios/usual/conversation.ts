import { chatAssistant } from "../../agents/chatAssistant";
import type { Scenario } from "../../scenario";

const LINES = ["And for four people?", "Can I freeze it?", "Without onions, please", "How long does it keep?"];

/** A chat of several turns in one run; while the user thinks, nobody waits for the agent. */
export const conversation: Scenario = {
  name: "conversation",
  agents: [chatAssistant],
  share: 16,
  async play(stage) {
    const { random } = stage;
    const setting = { input: "How do I make onion soup?", session: `chat-${random.hex(6)}` };
    await stage.run(chatAssistant, setting, async (actor) => {
      await actor.say("Start with a kilo of onions and patience.");
      for (const line of random.shuffled(LINES).slice(0, random.whole(2, 4))) {
        await actor.user(line, random.about(45_000));
        await actor.say("Yes: use half of everything.");
      }
    });
  },
};
