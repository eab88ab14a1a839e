import { isRecord } from "../../core/wire";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { readJson } from "./json";

/** Whether each run did what it was meant to do, by run_id. */
export type Truth = ReadonlyMap<string, boolean>;

/**
 * Reads truth files: JSON objects that map run_id to `{"success": true | false, …}`.
 *
 * @throws UsageError when a file cannot be read, has another shape, or contradicts another
 */
export async function loadTruth(files: readonly string[], io: Pick<Io, "cwd">): Promise<Truth> {
  const truth = new Map<string, boolean>();
  for (const file of files) {
    const document = await readJson(file, io);
    if (!isRecord(document)) throw new UsageError(`${file} must map run_id to {"success": true or false}`);
    for (const [run_id, entry] of Object.entries(document)) {
      const success = isRecord(entry) ? entry.success : undefined;
      if (typeof success !== "boolean") throw new UsageError(`${file}: ${run_id} has no "success": true or false`);
      if (truth.get(run_id) === !success)
        throw new UsageError(`${file}: ${run_id} has another outcome in another file`);
      truth.set(run_id, success);
    }
  }
  return truth;
}
