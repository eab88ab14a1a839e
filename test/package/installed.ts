import { rmSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import { consumer } from "./packed";

/** Skips the running test, as its context's `skip` does. */
type Skip = (reason: string) => never;

/**
 * Installs the package into a project of its own for the tests of a `describe`; the project goes with the last of them.
 *
 * @returns gives the project's folder; where npm had nothing to install from, the test is skipped, which CI counts as a
 *   failure
 */
export function installedPackage(): (skip: Skip) => string {
  let found: Awaited<ReturnType<typeof consumer>>;
  beforeAll(async () => {
    found = await consumer();
  });
  afterAll(() => {
    if ("folder" in found) rmSync(found.folder, { recursive: true, force: true });
  });
  return (skip) => ("folder" in found ? found.folder : skip(found.unreachable));
}
