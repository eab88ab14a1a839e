import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const children = new Set<ChildProcess>();
const folders = new Set<string>();

/**
 * Sends a signal to a program and to all that it started.
 *
 * @param child leader of a process group of its own
 */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: it has ended by itself meanwhile.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/**
 * Notes a program that was started, so that it ends with the test file, and with the test runner's process however that
 * ends: a shell waits for the end of its input, which is ours, and then ends the program.
 *
 * @returns to be called when the program has ended
 */
export function register(child: ChildProcess): () => void {
  children.add(child);
  const guard = spawn("/bin/sh", ["-c", `read -r _; kill -9 -${child.pid}`], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return () => {
    children.delete(child);
    guard.kill("SIGKILL");
  };
}

/** A new empty folder, which is removed when the test file is over. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `dunetrace-${name}-`));
  folders.add(folder);
  return folder;
}

/** Ends all programs that are still running and removes the temporary folders. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...children].map(async (child) => {
      const exit = once(child, "exit");
      signalGroup(child, "SIGKILL");
      await exit;
    }),
  );
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}
