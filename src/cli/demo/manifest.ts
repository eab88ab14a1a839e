import { FAILURE_TYPES, type FailureType } from "../../core/wire";
import type { AgentProfile } from "./agent";
import type { Expectation, ManifestEntry } from "./expectation";

/** What the scripts are made to get, by run: declared before the run begins and never read back from a verdict. */
export class Manifest {
  readonly #isKept: boolean;
  readonly #begun = new Map<string, ManifestEntry>();
  readonly #played = new Map<string, ManifestEntry>();
  readonly #agents = new Set<string>();
  #runs = 0;

  /** @param isKept false: runs are only counted, so that a demo can go on for weeks */
  constructor(isKept = true) {
    this.#isKept = isKept;
  }

  /** A run begins. */
  begin(run_id: string, agent: AgentProfile, expectation: Expectation): void {
    const missing = new Set<FailureType>([...agent.noData, ...(expectation.no_data ?? [])]);
    this.#begun.set(run_id, {
      agent_id: agent.id,
      status: expectation.status ?? "completed",
      signals: expectation.signals ?? {},
      no_data: FAILURE_TYPES.filter((type) => missing.has(type)),
    });
  }

  /** The script of the run was played to its end. */
  end(run_id: string): void {
    const entry = this.#begun.get(run_id);
    if (entry === undefined) return;
    this.#begun.delete(run_id);
    this.#runs++;
    this.#agents.add(entry.agent_id);
    if (this.#isKept) this.#played.set(run_id, entry);
  }

  /** Runs played to their end. */
  get runs(): number {
    return this.#runs;
  }

  /** Agents of the runs played to their end. */
  get agents(): ReadonlySet<string> {
    return this.#agents;
  }

  /** JSON with one line per run. A run that was interrupted is left out: nothing is known of its verdict. */
  toText(): string {
    const lines = [...this.#played].map(([run_id, entry]) => `${JSON.stringify(run_id)}:${JSON.stringify(entry)}`);
    return `{\n${lines.join(",\n")}\n}\n`;
  }
}
