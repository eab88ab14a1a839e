import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

/** A folder of the test's own that is gone after it. */
export function temporaryFolder(): () => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), "dunetrace-sdk-"));
    folders.push(folder);
    return folder;
  };
}

/** The lines of a file, without their newlines; the last must have one. */
export function linesOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  if (text !== "" && !text.endsWith("\n")) throw new Error(`${path} ends within a line`);
  return text.split("\n").slice(0, -1);
}
