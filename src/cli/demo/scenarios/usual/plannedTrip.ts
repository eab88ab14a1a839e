import { flightSearch, hotelSearch, tripPlanner } from "../../agents/tripPlanner";
import type { Scenario } from "../../scenario";
import type { Stage } from "../../stage";

const findFlight = (stage: Stage, city: string): Promise<void> =>
  stage.run(flightSearch, { input: `Flights to ${city}` }, async (actor) => {
    await actor.use("search_flights", { city }, { returns: ["TP 451", "TP 455"] });
    await actor.use("get_fare", { flight: "TP 451" }, { returns: 129 });
    await actor.answer("TP 451 at 129 euros.");
  });

const findHotel = (stage: Stage, city: string): Promise<void> =>
  stage.run(hotelSearch, { input: `Hotels in ${city}`, no_data: ["CONTEXT_BLOAT"] }, async (actor) => {
    await actor.use("search_hotels", { city, nights: 3 }, { returns: ["Casa Azul"] });
    await actor.answer("Casa Azul has a room.");
  });

/** An agent that leaves flights and hotels to two others: their runs are nested in its own, side by side. */
export const plannedTrip: Scenario = {
  name: "planned-trip",
  agents: [tripPlanner, flightSearch, hotelSearch],
  runs: 3,
  share: 7,
  async play(stage) {
    const { random } = stage;
    const city = random.pick(["Porto", "Oslo", "Trieste"]);
    const setting = { input: `Three days in ${city} in May`, session: `trip-${random.hex(6)}` };
    await stage.run(tripPlanner, setting, async (actor) => {
      await actor.think({}, 2);
      await Promise.all([
        actor.tool("delegate", { to: "flight-search", city }, { does: () => findFlight(stage, city) }),
        actor.tool("delegate", { to: "hotel-search", city }, { does: () => findHotel(stage, city) }),
      ]);
      await actor.say("I have a flight and a room; let me put them together.");
      await actor.answer(`Fly to ${city} on the 4th and stay at Casa Azul.`);
    });
  },
};
