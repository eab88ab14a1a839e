import { UsageError } from "../errors";
import type { Io } from "../io";
import { readText } from "./readFile";

/**
 * Reads a JSON file.
 *
 * @throws UsageError when it cannot be read or is no JSON
 */
export async function readJson(name: string, io: Pick<Io, "cwd">): Promise<unknown> {
  const text = await readText(name, io);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // The parser's message quotes the content, which may be anything the user named by mistake.
    throw new UsageError(`${name} is not valid JSON`);
  }
}
