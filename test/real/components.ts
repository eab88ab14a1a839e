import { describe } from "vitest";
import { findBinary, variableOf } from "../../scripts/lokiBinaries.mjs";

export type Component = "loki" | "promtail" | "alertmanager";

/** @throws Error when there is none */
export function requireBinary(name: Component): string {
  const file = findBinary(name);
  if (file === undefined) throw new Error(missing(name));
  return file;
}

const missing = (name: Component): string =>
  `there is no binary of ${name}: run \`npm run loki:build\`, or set ${variableOf(name)}`;

/** Why the components cannot be started; undefined when they can. */
export function unavailable(needs: readonly Component[]): string | undefined {
  const reasons = needs.filter((name) => findBinary(name) === undefined).map(missing);
  return reasons.length === 0 ? undefined : reasons.join("; ");
}

/**
 * Tests that need real components. Where one is missing they are skipped by name, and the reason is printed; in CI a
 * skipped test counts as failed.
 *
 * @param needs `loki` means one that the test starts itself: with `realLoki()` use {@link describeWithLoki}
 */
export function describeReal(name: string, needs: readonly Component[], tests: () => void): void {
  register(name, unavailable(needs), tests);
}

/** Tests against `realLoki()`: that of LOKI_URL, else one started from the binary. */
export function describeWithLoki(name: string, tests: () => void): void {
  register(name, process.env.LOKI_URL ? undefined : unavailable(["loki"]), tests);
}

function register(name: string, reason: string | undefined, tests: () => void): void {
  if (reason !== undefined) process.stdout.write(`Skipped: ${name}: ${reason}\n`);
  describe.skipIf(reason !== undefined)(name, tests);
}
