import { type Browser, chromium } from "playwright-core";
import { describe } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";

/**
 * Tests in a browser. Where something they need is missing they are skipped by name, and the reason is printed; in CI
 * that counts as failed.
 *
 * @param missing what else is missing and how to get it
 */
export function describeInBrowser(name: string, tests: () => void, missing?: string): void {
  const reason = findChromium() === undefined ? "there is no Chromium: install it, or set CHROMIUM" : missing;
  if (reason !== undefined) process.stdout.write(`Skipped: ${name}: ${reason}\n`);
  describe.skipIf(reason !== undefined)(name, tests);
}

/** @throws Error when there is none */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
