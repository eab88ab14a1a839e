import { afterAll, beforeAll, beforeEach, type TestContext } from "vitest";
import type { Environment } from "../../python/virtualEnvironment";
import { type Collected, System } from "../system";
import { haystackEnvironment, INSTALL_MS, runProgram, type VERSIONS } from "./haystack";
import { answerPrograms } from "./replies";

/** One program of `programs/` on one version of Haystack, against a collector and a model server of its own. */
export class HaystackProgram {
  readonly #program: string;
  readonly #names: readonly string[];
  #environment: Environment = { unavailable: "it is not made yet" };
  #system: System | undefined;
  /** Starting Haystack takes longer than most scenarios: tests share a run of all of them. */
  #collected: Promise<Collected> | undefined;

  /** @param names what the program does, with content tracing, for the tests that share it */
  constructor(version: (typeof VERSIONS)[number], program: string, names: readonly string[]) {
    this.#program = program;
    this.#names = names;
    beforeAll(async () => {
      this.#environment = await haystackEnvironment(version);
      this.#system = await System.start();
    }, INSTALL_MS);
    beforeEach(() => answerPrograms(this.system.models));
    afterAll(() => this.#system?.close());
  }

  get system(): System {
    if (this.#system === undefined) throw new Error("the system starts before the first test");
    return this.#system;
  }

  /** What all of its names sent, with content tracing. */
  sent(context: Pick<TestContext, "skip">): Promise<Collected> {
    this.#collected ??= this.run(context, this.#names);
    return this.#collected;
  }

  /** @param variables instead of content tracing */
  run(
    context: Pick<TestContext, "skip">,
    names: readonly string[],
    variables?: Readonly<Record<string, string>>,
    system = this.system,
  ): Promise<Collected> {
    return runProgram({ system, environment: this.#environment, context }, this.#program, names, variables);
  }
}
