import { describe, expect, it } from "vitest";
import { everyOutput, readByCommand } from "./commands";
import { CANARY, type Expected, HASH_ERA, HAYSTACK_3, RAW_ERA_0_5 } from "./expectations";
import { readRuns } from "./reading";
import { runAgent, virtualEnvironment } from "./virtualEnvironment";

/** What is installed together, and the agents that run on it. */
interface Setting {
  readonly folder: string;
  readonly packages: readonly string[];
  readonly agents: Readonly<Record<string, Expected>>;
}

const SETTINGS: readonly Setting[] = [
  {
    folder: "python-0.3.21",
    packages: ["dunetrace==0.3.21", "haystack-ai==3.4.0"],
    agents: { "hash_era.py": HASH_ERA, "haystack_rag.py": HAYSTACK_3 },
  },
  { folder: "python-0.5.7", packages: ["dunetrace==0.5.7"], agents: { "raw_era.py": RAW_ERA_0_5 } },
];

/** The first test of a setting may have to install its packages. */
const TIMEOUT_MS = 600_000;

describe.each(SETTINGS)("the real $packages", ({ folder, packages, agents }) => {
  it.for(Object.entries(agents))(
    "running %s writes lines that are read into the right runs",
    { timeout: TIMEOUT_MS },
    async ([agent, expected], { skip }) => {
      const environment = await virtualEnvironment(folder, packages);
      if ("unavailable" in environment) {
        // In CI everything has to be there.
        if (process.env.CI === "true") throw new Error(environment.unavailable);
        process.stdout.write(`Skipped: ${environment.unavailable}\n`);
        return skip(environment.unavailable);
      }
      const lines = await runAgent(environment.python, agent);
      expect(readRuns(lines)).toEqual(expected);
      const { runs, stderr } = await readByCommand(lines);
      expect(runs).toEqual(Object.fromEntries(Object.entries(expected).map(([id, run]) => [id, run.signals])));

      const hasContent = lines.includes(CANARY);
      expect(stderr.includes("Raw content was seen")).toBe(hasContent);
      if (!hasContent) return;
      const { outputs } = await everyOutput(lines);
      for (const { command, text } of outputs) expect(text, command).not.toContain(CANARY);
    },
  );
});
