import { BaselineFileError, type Baselines, NO_BASELINES, parseBaselines } from "../../core/baselines";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { readJson } from "./json";

/**
 * The baselines of `--baselines FILE`; without one no agent has any.
 *
 * @throws UsageError when the file cannot be read or is no baselines file
 */
export async function loadBaselines(option: string | undefined, io: Pick<Io, "cwd">): Promise<Baselines> {
  if (option === undefined) return NO_BASELINES;
  const document = await readJson(option, io);
  try {
    return parseBaselines(document, option);
  } catch (error) {
    if (error instanceof BaselineFileError) throw new UsageError(error.message);
    throw error;
  }
}
