import { type ExitReason, type FailureType, SEVERITIES, type Severity, severityRank } from "../../core/wire";
import {
  contains,
  containsAny,
  containsValue,
  type JsonPath,
  json,
  labelIn,
  labelIs,
  matches,
  type Stage,
  search,
  where,
} from "./compose/stages";
import { type FieldAlias, pathsOf } from "./fields";

/** What all lines of a run tell: filters by it work on every event. An absent one or an empty list filters nothing. */
export interface IdentityFilter {
  readonly agents?: readonly string[] | undefined;
  readonly versions?: readonly string[] | undefined;
  readonly session_id?: string | undefined;
  readonly parent_run_id?: string | undefined;
  readonly environment?: string | undefined;
  /** Any text of the line, in upper or lower case. */
  readonly text?: string | undefined;
}

/** What only the terminal line tells. */
export interface EndFilter {
  readonly ended?: readonly ("run.completed" | "run.errored")[] | undefined;
  readonly exit_reasons?: readonly ExitReason[] | undefined;
  /** Runs with a recorded signal of any of these types. */
  readonly failure_types?: readonly FailureType[] | undefined;
  /** Runs with a recorded signal at least this severe. */
  readonly min_severity?: Severity | undefined;
  /** Whether shadow signals count for the two above; false by default. */
  readonly shadow?: boolean | undefined;
}

export interface RunFilter extends IdentityFilter, EndFilter {}

/** Whether only a terminal line can pass the filter. */
export function asksForEnd(filter: EndFilter): boolean {
  const { ended = [], exit_reasons = [], failure_types = [], min_severity } = filter;
  return ended.length + exit_reasons.length + failure_types.length > 0 || min_severity !== undefined;
}

/** The severities from this one on. */
export function severitiesFrom(least: Severity): Severity[] {
  return SEVERITIES.filter((severity) => severityRank(severity) >= severityRank(least));
}

/** Stages of one filter: what looks for text goes before what parses. */
export interface FilterParts {
  readonly needles: readonly Stage[];
  readonly aliases: readonly FieldAlias[];
  /** Further fields under aliases of their own. */
  readonly paths?: Readonly<Record<string, JsonPath>>;
  readonly conditions: readonly Stage[];
}

/** One `json` stage for all parts: every further one would parse the line again. */
export function stagesOf(...parts: readonly FilterParts[]): Stage[] {
  const aliases = parts.flatMap((part) => part.aliases);
  const paths = Object.assign(pathsOf(aliases), ...parts.map((part) => part.paths));
  return [...parts.flatMap((part) => part.needles), json(paths), ...parts.flatMap((part) => part.conditions)];
}

export function identityParts(filter: IdentityFilter): FilterParts {
  const { versions = [], session_id, parent_run_id, environment, text = "" } = filter;
  const needles: Stage[] = [];
  const aliases: FieldAlias[] = [];
  const conditions: Stage[] = [];
  const exactly: readonly [FieldAlias, string | undefined][] = [
    ["prid", parent_run_id],
    ["sid", session_id],
    ["envt", environment],
  ];
  for (const [alias, value] of exactly) {
    if (value === undefined) continue;
    needles.push(containsValue(value));
    aliases.push(alias);
    conditions.push(labelIs(alias, value));
  }
  if (versions.length > 0) {
    needles.push(containsAny(versions));
    aliases.push("ver");
    conditions.push(labelIn("ver", versions));
  }
  needles.push(search(text));
  return { needles, aliases, conditions };
}

export function endParts(filter: EndFilter): FilterParts {
  const { exit_reasons = [], failure_types = [], min_severity, shadow = false } = filter;
  const needles: Stage[] = [];
  const aliases: FieldAlias[] = [];
  const conditions: Stage[] = [];
  if (exit_reasons.length > 0) {
    needles.push(containsAny(exit_reasons));
    aliases.push("xreason");
    conditions.push(labelIn("xreason", exit_reasons));
  }
  if (failure_types.length > 0 || min_severity !== undefined) {
    needles.push(containsSignals(), containsAny(failure_types));
    aliases.push("sigs");
    conditions.push(where(matches("sigs", verdictRegex(failure_types, min_severity ?? "LOW", shadow))));
  }
  return { needles, aliases, conditions };
}

/** Terminal lines with at least one recorded signal. */
export function containsSignals(): Stage {
  return contains('"signals":{"');
}

/** Matches the text of `payload.signals`, whose keys the wire format puts in a fixed order. */
function verdictRegex(types: readonly FailureType[], least: Severity, shadow: boolean): string {
  const type = types.length === 0 ? "[A-Z_]+" : types.join("|");
  const rest = shadow ? "" : '"confidence":[^,]*,"shadow":false';
  return `.*"(?:${type})":\\{"severity":"(?:${severitiesFrom(least).join("|")})",${rest}.*`;
}
