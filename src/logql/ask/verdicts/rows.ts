import type { RunSummary } from "../../readers";
import type { AskContext } from "../context";
import type { RunRow } from "../questions";
import { type TellRequest, tellRuns } from "./tell";

/** Runs as rows of a list. */
export async function rowsOf(
  runs: readonly RunSummary[],
  context: AskContext,
  request: TellRequest,
): Promise<readonly RunRow[]> {
  const told = await tellRuns(runs, context, request);
  return told.map(({ run, signals }) => ({ run, signals }));
}
