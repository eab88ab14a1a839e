import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, messageOf, StoreError } from "./errors";

/** Folders that this very process holds, by the path they were opened with. */
const held = new Set<string>();

/**
 * Makes this process the only one that uses the folder, by a file `lock` with its number. A lock that a killed process
 * left behind is taken over.
 *
 * @returns gives the folder up again
 * @throws StoreError of kind `locked` when a running process has it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "lock");
  const mine = identity(process.pid);
  for (let attempt = 0; !written(path, mine); attempt++) {
    const holder = read(path);
    if (attempt > 2 || (holder !== undefined && runs(holder, folder))) {
      const pid = holder?.split(" ")[0] ?? "unknown";
      throw new StoreError(
        "locked",
        `${folder} is in use by process ${pid}; stop that process, or choose another folder (${path} says who has it)`,
      );
    }
    takeAway(path, holder);
  }
  held.add(folder);
  return () => {
    held.delete(folder);
    if (read(path) === mine) rmSync(path, { force: true });
  };
}

/** The number of a process and, where the system tells, when it started: numbers are given again. */
function identity(pid: number): string {
  try {
    // The 22nd field, counted after the name, which may hold spaces but ends with the last parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; its parent has not asked for the outcome yet.
    return fields[0] === "Z" ? `${pid} ended` : `${pid} ${fields[19]}`;
  } catch {
    // No such process, or a system without /proc, where the number has to do.
    return String(pid);
  }
}

function runs(holder: string, folder: string): boolean {
  const pid = Number(holder.split(" ")[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(folder);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, but is somebody else's.
    if (codeOf(error) !== "EPERM") return false;
  }
  return !holder.includes(" ") || identity(pid) === holder;
}

/** False when there is a lock already. */
function written(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw new StoreError("folder", `cannot write ${path}: ${messageOf(error)}`, error);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new StoreError("folder", `cannot read ${path}: ${messageOf(error)}`, error);
  }
}

/** Removes a left lock, unless another process was quicker and it is that one's by now. */
function takeAway(path: string, expected: string | undefined): void {
  if (expected === undefined) return;
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw new StoreError("folder", `cannot take over ${path}: ${messageOf(error)}`, error);
  }
  if (read(aside) === expected) rmSync(aside, { force: true });
  else renameSync(aside, path);
}
