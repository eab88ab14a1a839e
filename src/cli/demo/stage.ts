import type { Dunetrace, RunContext, RunOptions } from "../../sdk";
import { Actor } from "./actor";
import { type AgentProfile, promptOf } from "./agent";
import type { Expectation } from "./expectation";
import type { Manifest } from "./manifest";
import type { Random } from "./random";
import type { DemoTime } from "./time/demoTime";

/** What a run is opened with beyond its agent's profile. */
export interface RunSetting extends Expectation {
  /** What the user says; left out for jobs nobody talks to. */
  readonly input?: string;
  /** The conversation the run belongs to. */
  readonly session?: string;
}

/** What all scenarios of a performance share. */
export interface Performance {
  readonly dt: Dunetrace;
  readonly time: DemoTime;
  readonly manifest: Manifest;
  /** How often the agent has been deployed anew. */
  revisionOf(agent: AgentProfile): number;
}

/** Ends a script as an agent ends that breaks: with an error nobody catches. */
export class AgentCrash extends Error {
  override readonly name = "AgentCrash";
}

const USERS = 40;

/** Where one scenario plays: opens the runs of its agents on the real SDK. */
export class Stage {
  readonly random: Random;
  readonly #performance: Performance;

  constructor(performance: Performance, random: Random) {
    this.#performance = performance;
    this.random = random;
  }

  /**
   * Plays one run. Inside the script of another it is nested in that one.
   *
   * @param setting what it is opened with, and the verdict its script is made to get
   */
  async run(agent: AgentProfile, setting: RunSetting, script: (actor: Actor) => Promise<void>): Promise<void> {
    const { dt, manifest } = this.#performance;
    const options = this.#optionsOf(agent, setting);
    manifest.begin(options.runId, agent, setting);
    const play = (run: RunContext): Promise<void> => script(new Actor(run, agent, this.#performance.time, this.random));
    if (setting.status === "stalled") {
      // As when its process is killed: nothing ever ends this run.
      const run = dt.startRun(agent.id, options);
      await run.within(() => play(run));
    } else {
      await dt.run(agent.id, options, play).catch(ignoreScripted);
    }
    manifest.end(options.runId);
  }

  #optionsOf(agent: AgentProfile, { input, session }: RunSetting): RunOptions & { readonly runId: string } {
    const { random } = this;
    return {
      runId: random.uuid(),
      model: agent.model,
      tools: agent.tools,
      humanTools: agent.humanTools,
      systemPrompt: promptOf(agent, this.#performance.revisionOf(agent)),
      userInput: input,
      userId: input === undefined ? undefined : `user-${random.whole(1, USERS)}`,
      sessionId: session,
      kind: agent.kind,
      source: agent.source,
      tags: { environment: random.next() < 0.9 ? "production" : "staging" },
    };
  }
}

/** What the script threw on purpose has ended its run; anything else is a fault of the demo. */
function ignoreScripted(error: unknown): void {
  const names = ["AgentCrash", "AbortError", "PolicyViolation"];
  if (!(error instanceof Error) || !names.includes(error.name)) throw error;
}
