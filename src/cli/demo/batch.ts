import type { Micros } from "../../core/wire";
import type { Output } from "../io";
import type { AgentProfile } from "./agent";
import { baselinesOf } from "./baselines";
import { assertFlawless, demoClient } from "./client";
import { deckOf } from "./deck";
import { Deployments } from "./deployments";
import { Manifest } from "./manifest";
import { Random } from "./random";
import { runsOf, type Scenario } from "./scenario";
import { Stage } from "./stage";
import { VirtualTime } from "./time/virtualTime";

export interface BatchSetting {
  readonly runs: number;
  readonly seed: string;
  /** The last line is older than this. */
  readonly at: Micros;
  readonly scenarios: readonly Scenario[];
  readonly agents: readonly AgentProfile[];
}

/** What was written. */
export interface BatchResult {
  readonly manifest: Manifest;
  readonly from: Micros;
}

/** Runs that overlap in time and are written at once: enough for every failure to come once among usual work. */
const MOST_IN_DECK = 200;
/** Runs begin at this distance on average. */
const MICROS_PER_RUN = 45_000_000;
/** No run lasts longer: so much time is left after the last one has begun. */
const LONGEST_MICROS = 10 * 60_000_000;

function deckSizes(runs: number): number[] {
  const decks = Math.ceil(runs / MOST_IN_DECK);
  return Array.from(
    { length: decks },
    (_, at) => Math.floor(((at + 1) * runs) / decks) - Math.floor((at * runs) / decks),
  );
}

const microsOf = (runs: number): Micros => runs * MICROS_PER_RUN + LONGEST_MICROS;

/**
 * Writes the runs of some hours that ended at `at`, as fast as it can. The same setting gives the same bytes.
 *
 * @throws OutputClosedError when nobody reads any more
 */
export async function performBatch(setting: BatchSetting, stdout: Output): Promise<BatchResult> {
  const { runs, seed, at, scenarios, agents } = setting;
  const sizes = deckSizes(runs);
  const from = at - sizes.reduce((sum, size) => sum + microsOf(size), 0);
  const manifest = new Manifest();
  const deployments = new Deployments();
  let start = from;
  for (const [index, size] of sizes.entries()) {
    const random = new Random(`${seed}/${index}`);
    const deck = deckOf(size, scenarios, random);
    // One client per deck: none is alive while lines are handed on, so no timer of it can ever fire.
    const lines: string[] = [];
    const time = new VirtualTime(start);
    const dt = demoClient(time, baselinesOf(agents, at, 1), (line) => lines.push(line));
    const revisionOf = (agent: AgentProfile): number => deployments.revisionOf(agent);
    const plays = startsOf(deck, random).map(async ({ scenario, after }, place) => {
      const stage = new Stage({ dt, time, manifest, revisionOf }, new Random(`${seed}/${index}/${place}`));
      await time.wait(after / 1000);
      await scenario.play(stage);
    });
    const upgrade = time.wait((size * MICROS_PER_RUN) / 2000).then(() => {
      deployments.deploy(random.pick(agents), dt, random);
    });
    const played = Promise.all([...plays, upgrade]);
    // A script that breaks rejects long before it is awaited below.
    played.catch(() => undefined);
    await time.run();
    await played;
    await dt.shutdown();
    assertFlawless(dt);
    start += microsOf(size);
    if (time.now() > start) throw new RangeError(`the runs of deck ${index} take longer than there is time for`);
    await stdout.write(lines.join(""));
  }
  return { manifest, from };
}

/** When each scenario begins, µs after the start of the deck, in order. */
function startsOf(deck: readonly Scenario[], random: Random): { scenario: Scenario; after: Micros }[] {
  const span = deck.reduce((sum, scenario) => sum + runsOf(scenario), 0) * MICROS_PER_RUN;
  const times = deck.map(() => random.next() * span).sort((a, b) => a - b);
  return deck.map((scenario, place) => ({ scenario, after: times[place] ?? 0 }));
}
