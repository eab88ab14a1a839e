import { codingAgent } from "../../agents/codingAgent";
import type { Scenario } from "../../scenario";

const THOUGHTS = ["Perhaps a cache.", "Or the clock.", "Or both.", "A cache is likely.", "But which one?", "Hm."];

/** The agent thinks and thinks, does nothing, and ends without an answer. */
export const reasoningStall: Scenario = {
  name: "reasoning-stall",
  agents: [codingAgent],
  async play(stage) {
    const setting = { input: "Why is it flaky?", signals: { REASONING_STALL: "HIGH" } } as const;
    await stage.run(codingAgent, setting, async (actor) => {
      for (const thought of THOUGHTS) await actor.say(thought);
    });
  },
};
