import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "vitest";
import { type Environment, virtualEnvironment } from "../python/virtualEnvironment";

/**
 * The virtual environment of `environments/NAME.txt`, a requirements file with every version pinned; made when it is not
 * there yet or the file has changed.
 */
export function systemEnvironment(name: string): Promise<Environment> {
  const file = join(import.meta.dirname, "environments", `${name}.txt`);
  const version = createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 8);
  return virtualEnvironment(`${name}-${version}`, ["-r", file]);
}

/** The Python of an environment; without one the test is skipped by name, and fails in CI. */
export function pythonOf(environment: Environment, { skip }: Pick<TestContext, "skip">): string {
  if ("python" in environment) return environment.python;
  if (process.env.CI === "true") throw new Error(environment.unavailable);
  process.stdout.write(`Skipped: ${environment.unavailable}\n`);
  return skip(environment.unavailable);
}
