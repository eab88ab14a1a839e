import type { Dunetrace } from "../../sdk";
import type { AgentProfile } from "./agent";
import { versionOf } from "./baselines";
import type { Random } from "./random";

/** How often each agent has been deployed anew: each time with another prompt, which makes it another version. */
export class Deployments {
  readonly #revisions = new Map<string, number>();

  revisionOf(agent: AgentProfile): number {
    return this.#revisions.get(agent.id) ?? 0;
  }

  /** The next version of an agent goes live, and its lines say so. */
  deploy(agent: AgentProfile, dt: Dunetrace, random: Random): void {
    const revision = this.revisionOf(agent) + 1;
    this.#revisions.set(agent.id, revision);
    dt.markDeploy(agent.id, versionOf(agent, revision), { commit: random.hex(7) });
  }
}
