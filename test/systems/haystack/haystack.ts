import { join } from "node:path";
import type { TestContext } from "vitest";
import type { Environment } from "../../python/virtualEnvironment";
import { pythonOf, systemEnvironment } from "../environment";
import type { JudgedRun, SystemRun } from "../runs";
import type { Collected, System } from "../system";

/** The major versions of Haystack that are tested. */
export const VERSIONS = [2, 3] as const;
type Version = (typeof VERSIONS)[number];

/** Making an environment loads some 70 MB. */
export const INSTALL_MS = 600_000;

/** Importing Haystack for the first time compiles it. */
export const PROGRAM_MS = 150_000;

/** What Haystack needs to be told to send what its components take and give. */
const WITH_CONTENT = { HAYSTACK_CONTENT_TRACING_ENABLED: "true" };

export function programFile(name: string): string {
  return join(import.meta.dirname, "programs", `${name}.py`);
}

export function haystackEnvironment(version: Version): Promise<Environment> {
  return systemEnvironment(`haystack-${version}`);
}

/** Runs what a program of `programs/` does under some names, with content tracing unless told otherwise. */
export function runProgram(
  { system, environment, context }: { system: System; environment: Environment; context: Pick<TestContext, "skip"> },
  program: string,
  names: readonly string[],
  variables: Readonly<Record<string, string>> = WITH_CONTENT,
): Promise<Collected> {
  return system.run(pythonOf(environment, context), programFile(program), names, variables);
}

/** The runs of some agents. */
export function runsOf({ runs }: Pick<Collected, "runs">, ...agents: readonly string[]): readonly JudgedRun[] {
  return runs.filter(({ run }) => agents.includes(run.agent_id));
}

/** The model as its answers name it; nothing in Haystack's spans names the one that was asked for. */
export const MODEL = "gpt-4o-2024-08-06";
export const answered = `llm ${MODEL} 111/22 stop`;
export const askedForTools = `llm ${MODEL} 111/22 tool_calls`;

/** A run that ended well. */
export function ended(agent_id: string, calls: readonly string[], more: Partial<SystemRun> = {}): SystemRun {
  return { agent_id, exit_reason: "final_answer", model: MODEL, calls, signals: {}, ...more };
}

/** A run of which Haystack without content tracing tells no more than its steps. */
export function silent(agent_id: string, calls: readonly string[], more: Partial<SystemRun> = {}): SystemRun {
  return ended(agent_id, calls, { exit_reason: "completed", model: undefined, ...more });
}
