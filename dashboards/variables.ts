import type { AgentsVariableQuery } from "../src/datasource/query/types";
import { AGENTS } from "./datasources";
import type { Variable } from "./model";

/** Everything, as data sources of ours and of Loki both understand it. */
const ALL_AGENTS = ".+";
/** Lines without a version have an empty one. */
const ALL_VERSIONS = ".*";
/** When the values are asked for again: whenever the time range changes. */
const ON_TIME_RANGE = 2;

export const DATASOURCE: Variable = {
  name: "datasource",
  label: "Data source",
  type: "datasource",
  query: "dunetrace-agents-datasource",
  refresh: 1,
  hide: 0,
};

/** Where numbers come from that only Loki itself can tell. */
export const LOKI_HINT =
  "Counts and sums ask Loki itself: choose under “Loki of the data source” the one that the data source reads from. They do not know its base selector.";

export const LOKI_DATASOURCE: Variable = {
  name: "loki",
  label: "Loki of the data source",
  description: LOKI_HINT,
  type: "datasource",
  query: "loki",
  refresh: 1,
  hide: 0,
};

/** A variable whose values our data source knows. */
function queryVariable(
  name: string,
  label: string,
  query: Omit<AgentsVariableQuery, "refId" | "version">,
  more: Readonly<Record<string, unknown>>,
): Variable {
  return {
    name,
    label,
    type: "query",
    datasource: AGENTS,
    query: { refId: `variable-${name}`, version: 1, ...query },
    refresh: ON_TIME_RANGE,
    sort: 0,
    hide: 0,
    multi: false,
    includeAll: false,
    allowCustomValue: true,
    ...more,
  };
}

const several = (allValue: string): Readonly<Record<string, unknown>> => ({
  multi: true,
  includeAll: true,
  allValue,
  current: { text: ["All"], value: ["$__all"] },
});

export const AGENT = queryVariable("agent", "Agent", { kind: "agents" }, several(ALL_AGENTS));
export const VERSION = queryVariable(
  "version",
  "Version",
  { kind: "versions", filter: { agents: ["$agent"] } },
  several(ALL_VERSIONS),
);
export const FAILURE_TYPE = queryVariable(
  "type",
  "Failure type",
  { kind: "failureTypes", filter: { agents: ["$agent"] } },
  several(ALL_VERSIONS),
);
export const RUN = queryVariable(
  "run",
  "Run",
  { kind: "runs", filter: { agents: ["$agent"] }, limit: 100 },
  { description: "The newest runs; any other id can be typed in" },
);

const SEVERITIES = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
const LEAST = "MEDIUM";

export const SEVERITY: Variable = {
  name: "severity",
  label: "Severity from",
  type: "custom",
  query: SEVERITIES.join(","),
  options: SEVERITIES.map((value) => ({ text: value, value, selected: value === LEAST })),
  current: { text: LEAST, value: LEAST },
  multi: false,
  includeAll: false,
  hide: 0,
};
