import type { RunStatus } from "../../core/run";
import { parseList } from "../filters/listParam";

export const STATUSES: readonly RunStatus[] = ["errored", "running", "stalled", "completed"];

/** The states that an address asks for; undefined for all. */
export function parseStatuses(param: string | undefined): readonly RunStatus[] | undefined {
  const named = parseList(param);
  const found = STATUSES.filter((status) => named.includes(status));
  return found.length === 0 ? undefined : found;
}

const ENDS = { completed: "run.completed", errored: "run.errored" } as const;

/** The terminal events of these states; undefined where open runs are asked for too, which have none. */
export function endsOf(statuses: readonly RunStatus[] | undefined): ("run.completed" | "run.errored")[] | undefined {
  const ends: ("run.completed" | "run.errored")[] = [];
  for (const status of statuses ?? []) {
    if (status === "running" || status === "stalled") return undefined;
    ends.push(ENDS[status]);
  }
  return ends.length === 0 ? undefined : ends;
}
