import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** An empty folder of its own for a test; it is gone afterwards. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "dunetrace-loki-"));
  made.push(folder);
  return folder;
}
