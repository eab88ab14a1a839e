import { Dunetrace } from "../../src/sdk/client";
import type { DunetraceOptions } from "../../src/sdk/options";

/** A client whose lines are at hand too. */
export class WitnessedClient {
  readonly dt: Dunetrace;
  /** All lines so far, as they were written. */
  readonly written: string[] = [];
  readonly #agent: string;

  /** @param write where lines go besides the outputs of the options */
  constructor(agent: string, options: DunetraceOptions, write: (line: string) => unknown = () => undefined) {
    this.#agent = agent;
    const witness = (line: string): void => {
      this.written.push(line.trimEnd());
      write(line);
    };
    this.dt = new Dunetrace({ ...options, logger: { write: witness } });
  }

  /** Plays runs of four lines each. */
  play(runs: number): void {
    for (let at = 0; at < runs; at++) {
      this.dt.run(this.#agent, { userInput: `question ${at}`, tools: ["search", "fetch"] }, (run) => {
        run.toolCalled("search", { q: "é" }).responded({ success: run.runId.length > 0 });
      });
    }
  }

  /** Lines that the only output which sends took so far. */
  get sent(): number {
    return Object.values(this.dt.counters.sent ?? {})[0] ?? 0;
  }

  /** Requests of it that failed. */
  get retried(): number {
    return Object.values(this.dt.counters.retried ?? {})[0] ?? 0;
  }

  /** Lines that any output lost. */
  get dropped(): number {
    return Object.values(this.dt.counters.dropped).reduce((sum, lines) => sum + lines, 0);
  }
}
