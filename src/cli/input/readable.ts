import { UsageError } from "../errors";
import type { ReadLog } from "./readLog";

/**
 * The chunks up to the end, or up to where reading fails after some: then the log is told.
 *
 * @throws UsageError when reading fails before the first
 */
export async function* readable(chunks: AsyncIterable<Uint8Array>, log: ReadLog): AsyncGenerator<Uint8Array> {
  let some = false;
  try {
    for await (const chunk of chunks) {
      some = true;
      yield chunk;
    }
  } catch (error) {
    if (!some || !(error instanceof UsageError)) throw error;
    log.failure ??= error;
  }
}
