import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, type TestContext } from "vitest";
import type { FakeModels } from "../../src/integrations/models/testing/fakeModels";
import { pythonOf, systemEnvironment } from "./environment";
import { type JudgedRun, type SystemRun, systemRun } from "./runs";
import { type Collected, System } from "./system";

/** The first test of an environment may have to install it. */
export const PROGRAM_TIMEOUT_MS = 600_000;

/** What programs left, and how the collector counted since it began. */
export interface Ran extends Collected {
  readonly counters: System["collector"]["counters"];
  /** Runs as tests compare them, of some agents or of all. */
  of(...agents: readonly string[]): readonly SystemRun[];
  /** The last run of an agent, in full. */
  runOf(agent: string): JudgedRun;
}

/** Runs programs of `folder` in one environment, each against the same answers of models. */
export class PythonPrograms {
  readonly #system: Promise<System>;
  readonly #environment: string;
  readonly #folder: string;
  readonly #answers: (models: FakeModels) => void;
  /** Starting Python and its packages takes longer than most scenarios: tests share runs. */
  readonly #ran = new Map<string, Promise<Ran>>();

  constructor(environment: string, folder: string, answers: (models: FakeModels) => void) {
    this.#environment = environment;
    this.#folder = folder;
    this.#answers = answers;
    this.#system = System.start();
    afterAll(async () => (await this.#system).close());
  }

  /** Runs scenarios of a program, once however often it is asked; nothing of their content may be in what is written. */
  run(
    context: Pick<TestContext, "skip">,
    program: string,
    scenarios: readonly string[] = [],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    const key = JSON.stringify([program, scenarios, more]);
    const known = this.#ran.get(key);
    if (known !== undefined) return known;
    const ran = this.#start(context, program, scenarios, more);
    this.#ran.set(key, ran);
    return ran;
  }

  /** Runs the program of a page below `docs`; models that are asked without an address answer as `documented`. */
  async runDocumented(context: Pick<TestContext, "skip">, page: string): Promise<Ran> {
    const text = readFileSync(join(import.meta.dirname, "../../docs", page), "utf8");
    const [, program] = /^```python\n(.*?)^```$/ms.exec(text) ?? [];
    if (program === undefined) throw new Error(`docs/${page} has no program`);
    const folder = mkdtempSync(join(tmpdir(), "dunetrace-documented-"));
    try {
      const file = join(folder, "agent.py");
      writeFileSync(file, program);
      return await this.run(context, file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #start(
    context: Pick<TestContext, "skip">,
    program: string,
    scenarios: readonly string[],
    more: Readonly<Record<string, string>>,
  ): Promise<Ran> {
    const python = pythonOf(await systemEnvironment(this.#environment), context);
    const system = await this.#system;
    this.#answers(system.models);
    const path = resolve(this.#folder, "programs", program);
    const addresses = { TRACELOOP_BASE_URL: system.url, OPENAI_BASE_URL: `${system.models.url}/documented/v1` };
    const collected = await system.run(python, path, scenarios, { ...addresses, ...more });
    expect(collected.text).not.toBe("");
    expect(collected.text).not.toContain("CANARY");
    return {
      ...collected,
      counters: system.collector.counters,
      of: (...agents) => {
        const all = collected.runs.map(systemRun);
        return agents.length === 0 ? all : all.filter(({ agent_id }) => agents.includes(agent_id));
      },
      runOf: (agent) => {
        const found = collected.runs.findLast(({ run }) => run.agent_id === agent);
        if (found === undefined) throw new Error(`there is no run of ${agent}`);
        return found;
      },
    };
  }
}
