import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { unreadable } from "../input/open";
import type { Io } from "../io";

/** @throws UsageError naming the file and, where there is one, the nearest name in its folder */
export async function readText(name: string, io: Pick<Io, "cwd">): Promise<string> {
  const path = resolve(io.cwd, name);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw await unreadable(name, path, error);
  }
}
