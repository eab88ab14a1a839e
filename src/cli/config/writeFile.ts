import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { messageOf, UsageError } from "../errors";
import type { Io } from "../io";

/** @throws UsageError when the file cannot be written */
export async function writeText(name: string, text: string, io: Pick<Io, "cwd">): Promise<void> {
  try {
    await writeFile(resolve(io.cwd, name), text);
  } catch (error) {
    throw new UsageError(`Cannot write ${name}: ${messageOf(error)}`);
  }
}
