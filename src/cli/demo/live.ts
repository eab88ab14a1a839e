import { OutputClosedError } from "../errors";
import type { Io } from "../io";
import type { AgentProfile } from "./agent";
import { baselinesOf } from "./baselines";
import { assertFlawless, demoClient } from "./client";
import { deckOf } from "./deck";
import { Deployments } from "./deployments";
import type { Manifest } from "./manifest";
import { Outbox } from "./outbox";
import { Random } from "./random";
import { runsOf, type Scenario } from "./scenario";
import { Stage } from "./stage";
import { RealTime } from "./time/realTime";

export interface LiveSetting {
  /** Undefined: until it is stopped. */
  readonly runs: number | undefined;
  readonly seed: string;
  /** Runs a minute. */
  readonly rate: number;
  readonly scenarios: readonly Scenario[];
  readonly agents: readonly AgentProfile[];
}

/** Runs pass this much faster than scripted, but for calls whose length is the failure. */
export const LIVE_SPEED = 10;
/** Runs between two decisions on what comes next. */
const DECK = 120;
/** What comes first, so that there is something to see at once. */
const OPENING = ["tool-loop", "answered-question", "retry-storm"];

/** The scenarios in the order in which they are played, without an end unless `runs` says so. */
function* programme({ runs, seed, scenarios }: LiveSetting): Generator<Scenario> {
  const random = new Random(`${seed}/live`);
  const opening = OPENING.flatMap((name) => scenarios.filter((scenario) => scenario.name === name));
  let left = runs ?? Number.POSITIVE_INFINITY;
  let deck = [...opening, ...deckOf(DECK, scenarios, random)];
  // Where no scenario is small enough for the last runs there are fewer.
  while (scenarios.some((scenario) => runsOf(scenario) <= left)) {
    for (const scenario of deck) {
      if (runsOf(scenario) > left) continue;
      left -= runsOf(scenario);
      yield scenario;
    }
    deck = deckOf(DECK, scenarios, random);
  }
}

/** Plays that go on. */
class Plays {
  /** Rejects when a script breaks, which is a fault of the demo. */
  readonly broken: Promise<never>;
  readonly #open = new Set<Promise<void>>();
  #break: (error: unknown) => void = () => undefined;

  constructor() {
    this.broken = new Promise((_, reject) => {
      this.#break = reject;
    });
  }

  begin(play: Promise<void>): void {
    this.#open.add(play);
    play.then(() => this.#open.delete(play), this.#break);
  }

  /** Resolves when all that were begun are over. */
  async over(): Promise<void> {
    await Promise.all(this.#open);
  }
}

/**
 * Plays runs as time goes by, until there were enough, somebody interrupts or nobody reads any more.
 *
 * @param manifest is told of the runs
 */
export async function performLive(setting: LiveSetting, manifest: Manifest, io: Io): Promise<void> {
  const { seed, rate, agents } = setting;
  const time = new RealTime(io, LIVE_SPEED);
  const outbox = new Outbox(io.stdout);
  const deployments = new Deployments();
  const dt = demoClient(time, baselinesOf(agents, time.now(), LIVE_SPEED), (line) => outbox.add(line));
  const revisionOf = (agent: AgentProfile): number => deployments.revisionOf(agent);
  const random = new Random(`${seed}/times`);
  const plays = new Plays();
  const interrupted = new Promise<void>((resolve) => {
    io.onInterrupt(resolve);
  });

  const playAll = async (): Promise<void> => {
    let count = 0;
    for (const scenario of programme(setting)) {
      if (count > 0) await time.wait((random.about(60_000 * runsOf(scenario)) / rate) * LIVE_SPEED);
      await outbox.ready();
      if (count % DECK === DECK / 2) deployments.deploy(random.pick(agents), dt, random);
      const stage = new Stage({ dt, time, manifest, revisionOf }, new Random(`${seed}/live/${count++}`));
      plays.begin(scenario.play(stage));
    }
    await plays.over();
  };
  try {
    await Promise.race([playAll(), plays.broken, interrupted, outbox.failed]);
    assertFlawless(dt);
    await outbox.close();
  } catch (error) {
    // A reader who leaves ends the show, as an interrupt does.
    if (!(error instanceof OutputClosedError)) throw error;
  } finally {
    time.stop();
    await dt.shutdown();
  }
}
