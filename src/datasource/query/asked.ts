import { DETECTORS, type Thresholds } from "../../core/detectors";
import type { RunStatus } from "../../core/run";
import { FAILURE_TYPES, type FailureType, isFailureType, SEVERITIES, type Severity } from "../../core/wire";
import type { IdentityFilter, RunFilter, SignalFilter } from "../../logql/builders";
import { QueryProblem } from "./problem";
import type { AgentsQuery, QueryFilter } from "./types";

const STATUSES: readonly RunStatus[] = ["completed", "errored", "stalled", "running"];
/** Candidates of one what-if: each is a query of its own. */
const MOST_CANDIDATES = 20;

/** What of an interpolated filter the lines of every event tell. */
export function identityFilterOf({ agents, versions, session, environment, text }: QueryFilter = {}): IdentityFilter {
  return { agents, versions, session_id: session, environment, text };
}

/** @throws QueryProblem for a severity or failure type that there is not */
export function signalFilterOf(filter: QueryFilter = {}): SignalFilter {
  return {
    ...identityFilterOf(filter),
    failure_types: filter.failureTypes?.map(failureTypeOf),
    min_severity: severityOf(filter.minSeverity),
    shadow: filter.shadow,
  };
}

/** @throws QueryProblem for a severity or failure type that there is not */
export function runFilterOf(filter: QueryFilter = {}): RunFilter {
  return signalFilterOf(filter);
}

export function severityOf(text: string | undefined): Severity | undefined {
  if (text === undefined) return undefined;
  const severity = SEVERITIES.find((known) => known === text.trim().toUpperCase());
  if (severity === undefined) throw new QueryProblem(`"${text}" is no severity; one of ${SEVERITIES.join(", ")} is.`);
  return severity;
}

export function failureTypeOf(text: string): FailureType {
  const name = text.trim().toUpperCase();
  if (isFailureType(name)) return name;
  const named = DETECTORS.find(({ label, key }) => label === text || key === text.trim());
  if (named !== undefined) return named.type;
  throw new QueryProblem(`"${text}" is no failure type; known ones are ${FAILURE_TYPES.join(", ")}.`);
}

export function statusesOf(texts: readonly string[] | undefined): readonly RunStatus[] | undefined {
  return texts?.map((text) => {
    const status = STATUSES.find((known) => known === text.trim().toLowerCase());
    if (status === undefined) throw new QueryProblem(`"${text}" is no status of a run; ${STATUSES.join(", ")} are.`);
    return status;
  });
}

/** A time in ms of a text; undefined where there is none. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{1,16}$/.test(text.trim()) ? Number(text) : Date.parse(text);
  if (Number.isNaN(ms)) throw new QueryProblem(`"${text}" is no time; write ms since the epoch or an ISO 8601 time.`);
  return ms;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The length of a bar, ms, at most 500 of them. */
export function stepOf(text: string | undefined, panelMs: number, rangeMs: number): number {
  const least = Math.max(1000, Math.ceil(rangeMs / 500 / 1000) * 1000);
  if (text === undefined) return Math.max(least, Math.round(panelMs / 1000) * 1000);
  const [, count, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new QueryProblem(`"${text}" is no length of a bar; write 30s, 5m, 1h or 1d.`);
  return Math.max(least, Math.round(ms));
}

/** Every combination of the thresholds a what-if names. */
export function candidatesOf(
  query: Pick<AgentsQuery, "thresholds">,
  type: FailureType,
): readonly Partial<Thresholds>[] {
  const detector = DETECTORS.find((known) => known.type === type);
  const keys = Object.keys(detector?.defaults ?? {});
  let candidates: Record<string, number>[] = [{}];
  for (const [key, text] of Object.entries(query.thresholds ?? {})) {
    if (text.trim() === "") continue;
    if (!keys.includes(key)) throw new QueryProblem(`${type} has no threshold "${key}"; it has ${keys.join(", ")}.`);
    const values = text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map(Number);
    if (values.some((value) => !Number.isFinite(value)))
      throw new QueryProblem(`"${text}" is no list of numbers for ${key}; write 3 or 3, 4, 5.`);
    candidates = candidates.flatMap((candidate) => values.map((value) => ({ ...candidate, [key]: value })));
  }
  if (candidates.length > MOST_CANDIDATES)
    throw new QueryProblem(
      `${candidates.length} combinations of thresholds are too many; ${MOST_CANDIDATES} are asked at most.`,
    );
  return candidates;
}
