import type { Run } from "../../core/run";
import type { TimeSpan } from "../../logql/ask";
import type { LinkTarget } from "../environment";

/** Room around a run when its lines are read elsewhere, ms. */
const MARGIN_MS = 60_000;

/** A time within the run, ms: with it the page finds the run whatever the time range says. */
export const timeOf = ({ started_at }: Pick<Run, "started_at">): string => String(Math.floor(started_at / 1000));

/** The page of a run, at one of its steps or as a whole. */
export function runTarget(run: Pick<Run, "run_id" | "started_at">, params: LinkTarget["params"] = {}): LinkTarget {
  return { page: "run", id: run.run_id, params: { at: timeOf(run), ...params } };
}

/** The comparison of a run with another one, or with one yet to be chosen. */
export function compareTarget(
  a: Pick<Run, "run_id" | "started_at">,
  b?: Pick<Run, "run_id" | "started_at">,
): LinkTarget {
  const second = b === undefined ? {} : { b: b.run_id, b_at: timeOf(b) };
  return { page: "compare", params: { a: a.run_id, a_at: timeOf(a), ...second } };
}

/** The time of all lines of a run, and a little more. */
export function spanOfRun({ started_at, ended_at }: Pick<Run, "started_at" | "ended_at">): TimeSpan {
  return { from: Math.floor(started_at / 1000) - MARGIN_MS, to: Math.ceil(ended_at / 1000) + MARGIN_MS };
}
