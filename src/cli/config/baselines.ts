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
  return (await loadBaselineDocument(option, io)).baselines;
}

/**
 * The baselines of `--baselines FILE` with the file's content, for others who read it.
 *
 * @throws UsageError when the file cannot be read or is no baselines file
 */
export async function loadBaselineDocument(
  option: string | undefined,
  io: Pick<Io, "cwd">,
): Promise<{ readonly baselines: Baselines; readonly document: unknown }> {
  if (option === undefined) return { baselines: NO_BASELINES, document: undefined };
  const document = await readJson(option, io);
  try {
    return { baselines: parseBaselines(document, option), document };
  } catch (error) {
    if (error instanceof BaselineFileError) throw new UsageError(error.message);
    throw error;
  }
}
