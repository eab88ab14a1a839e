import { type FailureType, isFailureType, SEVERITIES, type Severity } from "../../core/wire";
import type { RunFilter, SignalFilter } from "../../logql/builders";
import { MOST_VALUES, parseList } from "./listParam";

/** The parameters that filter, with the names they have in every view. */
export const FILTER_PARAMS = {
  agents: "agent",
  versions: "version",
  environment: "env",
  failure_types: "type",
  min_severity: "severity",
  session_id: "session",
  text: "q",
  shadow: "shadow",
} as const;
export type FilterParam = (typeof FILTER_PARAMS)[keyof typeof FILTER_PARAMS];

/** A value of the address that no filter can use. */
export interface IgnoredValue {
  readonly param: FilterParam;
  readonly value: string;
}

/** What the address filters by. */
export interface ViewFilters {
  readonly agents: readonly string[];
  readonly versions: readonly string[];
  readonly environment: string | undefined;
  readonly failure_types: readonly FailureType[];
  /** Signals at least this severe; undefined: what the view shows by default. */
  readonly min_severity: Severity | undefined;
  readonly session_id: string | undefined;
  readonly text: string | undefined;
  /** Shadow signals too. */
  readonly shadow: boolean;
  readonly ignored: readonly IgnoredValue[];
}

/** No name or text of the wire is longer, see MAX_NAME_LENGTH; longer ones would break the limit of a query. */
const MOST_LENGTH = 256;

/** Reads the filters of an address. What cannot be used is left out and listed in `ignored`. */
export function parseFilters(params: Readonly<Record<string, string>>): ViewFilters {
  const ignored: IgnoredValue[] = [];
  const ignore = (param: FilterParam, value: string): undefined => {
    ignored.push({ param, value });
  };
  const text = (param: FilterParam): string | undefined => {
    const value = params[param];
    if (value === undefined || value === "") return undefined;
    return value.length > MOST_LENGTH ? ignore(param, value) : value;
  };
  const list = (param: FilterParam): string[] => {
    const values = parseList(params[param]);
    for (const value of values.slice(MOST_VALUES)) ignore(param, value);
    return values.slice(0, MOST_VALUES).filter((value) => {
      if (value.length > MOST_LENGTH) ignore(param, value);
      return value.length <= MOST_LENGTH;
    });
  };
  const failure_types: FailureType[] = [];
  for (const value of list("type")) {
    const type = value.toUpperCase();
    if (isFailureType(type)) failure_types.push(type);
    else ignore("type", value);
  }
  const asked = text("severity");
  const min_severity = SEVERITIES.find((severity) => severity === asked?.toUpperCase());
  if (asked !== undefined && min_severity === undefined) ignore("severity", asked);
  const shadow = text("shadow");
  if (shadow !== undefined && shadow !== "true" && shadow !== "false") ignore("shadow", shadow);
  return {
    agents: list("agent"),
    versions: list("version"),
    environment: text("env"),
    failure_types,
    min_severity,
    session_id: text("session"),
    text: text("q"),
    shadow: shadow === "true",
    ignored,
  };
}

/** Those parts of a filter that say something. */
function identityOf({ agents, versions, environment, session_id, text }: ViewFilters) {
  return {
    ...(agents.length === 0 ? {} : { agents }),
    ...(versions.length === 0 ? {} : { versions }),
    ...(environment === undefined ? {} : { environment }),
    ...(session_id === undefined ? {} : { session_id }),
    ...(text === undefined ? {} : { text }),
  };
}

export function signalFilterOf(filters: ViewFilters): SignalFilter {
  const { failure_types, min_severity, shadow } = filters;
  return {
    ...identityOf(filters),
    ...(failure_types.length === 0 ? {} : { failure_types }),
    ...(min_severity === undefined ? {} : { min_severity }),
    ...(shadow ? { shadow } : {}),
  };
}

/** For runs `shadow` says something only beside what signals are asked for. */
export function runFilterOf(filters: ViewFilters): RunFilter {
  const { failure_types, min_severity, shadow } = filters;
  const asksForSignals = failure_types.length > 0 || min_severity !== undefined;
  const { shadow: _shadow, ...filter } = signalFilterOf(filters);
  return shadow && asksForSignals ? { ...filter, shadow } : filter;
}

/** Whether anything is filtered, so that "nothing found" can offer to filter less. */
export function isFiltered(filters: ViewFilters): boolean {
  return Object.keys(signalFilterOf(filters)).length > 0;
}

/** Changes of parameters that take all filters away. */
export const NO_FILTERS: Readonly<Record<FilterParam, undefined>> = {
  agent: undefined,
  version: undefined,
  env: undefined,
  type: undefined,
  severity: undefined,
  session: undefined,
  q: undefined,
  shadow: undefined,
};
