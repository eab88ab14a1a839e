import { isRecord } from "../loki/record";
import { DEFAULT_QUERY } from "./defaults";
import { known, read } from "./read";
import {
  type AgentsQuery,
  type AgentsVariableQuery,
  ANNOTATION_KINDS,
  QUERY_TYPES,
  QUERY_VERSION,
  type QueryFilter,
  RATE_GROUPS,
  RUN_FORMATS,
  RUN_SORTS,
  VARIABLE_KINDS,
  VERDICT_MODES,
  WHAT_IF_FORMATS,
} from "./types";

type Stored = Readonly<Record<string, unknown>>;

/** Names of query types before they had a version, as people write them too. */
const OLD_TYPES: Readonly<Record<string, AgentsQuery["queryType"]>> = {
  "what-if": "whatIf",
  what_if: "whatIf",
  "signal rate": "signalRate",
  signal_rate: "signalRate",
};

/**
 * A stored query as this version writes it: of any older version, or written by hand. It never throws; what makes no
 * sense is left out, and what is not ours (such as `datasource`) stays.
 *
 * @example migrateQuery({ refId: "A", queryType: "what-if", agent: "bot" }).filter // { agents: ["bot"] }
 */
export function migrateQuery(stored: unknown): AgentsQuery {
  const query: Stored = isRecord(stored) ? stored : {};
  const queryType = queryTypeOf(query);
  const filter = filterOf(query);
  return {
    refId: read.text(query.refId) ?? "A",
    ...known({
      hide: read.boolean(query.hide),
      key: read.text(query.key),
      datasource: datasourceOf(query.datasource),
    }),
    version: QUERY_VERSION,
    queryType,
    ...known({ filter: Object.keys(filter).length === 0 ? undefined : filter }),
    ...known({ limit: read.count(query.limit), cursor: read.filled(query.cursor) }),
    ...ownFields(queryType, query),
  };
}

function queryTypeOf(query: Stored): AgentsQuery["queryType"] {
  const name = read.text(query.queryType) ?? "";
  return read.oneOf(QUERY_TYPES, name) ?? OLD_TYPES[name.toLowerCase()] ?? typeByFields(query);
}

function typeByFields(query: Stored): AgentsQuery["queryType"] {
  if (read.filled(query.runId) !== undefined) return "run";
  return read.filled(query.failureType) === undefined ? DEFAULT_QUERY.queryType : "whatIf";
}

function datasourceOf(value: unknown): AgentsQuery["datasource"] {
  if (!isRecord(value)) return undefined;
  return known({ uid: read.text(value.uid), type: read.text(value.type), apiVersion: read.text(value.apiVersion) });
}

/** Of each query type only its own fields: one that was of another type before carries no leftovers. */
function ownFields(type: AgentsQuery["queryType"], query: Stored): Partial<AgentsQuery> {
  const mode = read.oneOf(VERDICT_MODES, query.mode);
  switch (type) {
    case "runs":
      return known({ mode, sort: read.oneOf(RUN_SORTS, query.sort), statuses: read.texts(query.statuses) });
    case "run":
      return known({
        mode,
        runId: read.text(query.runId),
        format: read.oneOf(RUN_FORMATS, query.format),
        at: read.asText(query.at),
      });
    case "signals":
      return known({ mode });
    case "signalRate":
      return known({ by: read.someOf(RATE_GROUPS, query.by), step: read.filled(query.step) });
    case "whatIf":
      return known({
        failureType: read.filled(query.failureType),
        thresholds: read.textMap(query.thresholds),
        format: read.oneOf(WHAT_IF_FORMATS, query.format),
      });
    case "annotations":
      return known({ annotation: read.oneOf(ANNOTATION_KINDS, query.annotation) });
    case "agents":
      return {};
  }
}

/** The filter, which stood beside the other fields before queries had a version. */
export function filterOf(query: Stored): QueryFilter {
  const filter: Stored = isRecord(query.filter) ? query.filter : query;
  return known({
    agents: read.texts(filter.agents ?? filter.agent),
    versions: read.texts(filter.versions ?? filter.agentVersion),
    session: read.filled(filter.session),
    environment: read.filled(filter.environment),
    minSeverity: read.filled(filter.minSeverity ?? filter.severity),
    failureTypes: read.texts(filter.failureTypes),
    shadow: read.boolean(filter.shadow),
    text: read.filled(filter.text),
  });
}

/** A variable's query: a bare text, as provisioned dashboards write them, is its kind. */
export function migrateVariableQuery(stored: unknown): AgentsVariableQuery {
  const query: Stored = isRecord(stored) ? stored : {};
  const name = typeof stored === "string" ? stored : (query.kind ?? query.query);
  const filter = filterOf(query);
  return {
    refId: read.filled(query.refId) ?? "dunetrace-variable",
    version: QUERY_VERSION,
    kind: read.oneOf(VARIABLE_KINDS, name) ?? "agents",
    ...known({
      filter: Object.keys(filter).length === 0 ? undefined : filter,
      limit: read.count(query.limit),
    }),
  };
}
