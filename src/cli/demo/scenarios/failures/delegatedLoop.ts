import { flightSearch, tripPlanner } from "../../agents/tripPlanner";
import type { Scenario } from "../../scenario";

/** The loop is in the nested run; its parent looks well. */
export const delegatedLoop: Scenario = {
  name: "delegated-loop",
  agents: [tripPlanner, flightSearch],
  runs: 2,
  async play(stage) {
    const looping = { input: "Flights to Bergen", signals: { TOOL_LOOP: "HIGH" } } as const;
    const findFlight = (): Promise<void> =>
      stage.run(flightSearch, looping, async (flights) => {
        for (let attempt = 0; attempt < 3; attempt++) {
          await flights.use("search_flights", { city: "Bergen" }, { returns: [] });
        }
        await flights.answer("There is no flight.");
      });
    await stage.run(tripPlanner, { input: "A weekend in Bergen" }, async (actor) => {
      await actor.think();
      await actor.tool("delegate", { to: "flight-search" }, { does: findFlight });
      await actor.say("No flight; I will look at trains.");
      await actor.answer("Take the night train.");
    });
  },
};
