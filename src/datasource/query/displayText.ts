import { t } from "../../components/text";
import { detectorOf } from "../../core/detectors";
import { isFailureType } from "../../core/wire";
import type { AgentsQuery, AgentsQueryType, QueryFilter } from "./types";

/** The name of a query type for people. */
export function queryTypeName(type: AgentsQueryType): string {
  switch (type) {
    case "runs":
      return t("datasource.type.runs", "Runs");
    case "run":
      return t("datasource.type.run", "One run");
    case "signals":
      return t("datasource.type.signals", "Signals");
    case "signalRate":
      return t("datasource.type.signal-rate", "Signal rate");
    case "agents":
      return t("datasource.type.agents", "Agents");
    case "whatIf":
      return t("datasource.type.what-if", "What-if");
    case "annotations":
      return t("datasource.type.annotations", "Annotations");
  }
}

/** A failure type as its detector is called; a variable as it stands. */
export function failureTypeName(type: string): string {
  return isFailureType(type) ? detectorOf(type).label : type;
}

/** A query in a few words, for the history of queries and for collapsed rows. */
export function queryText(query: AgentsQuery): string {
  const { queryType, runId, failureType, filter = {} } = query;
  const parts = [queryTypeName(queryType)];
  if (queryType === "run") parts.push(runId ?? "");
  if (queryType === "whatIf") {
    parts.push(failureTypeName(failureType ?? ""));
    parts.push(...Object.entries(query.thresholds ?? {}).map(([key, text]) => `${key} ${text}`));
  }
  return [...parts, ...filterWords(filter)].filter((part) => part !== "").join(" · ");
}

function filterWords(filter: QueryFilter): readonly string[] {
  const { agents = [], versions = [], session, environment, minSeverity, failureTypes = [], text } = filter;
  return [
    agents.join(", "),
    versions.join(", "),
    session ?? "",
    environment ?? "",
    minSeverity === undefined ? "" : `${minSeverity}+`,
    failureTypes.map(failureTypeName).join(", "),
    text === undefined ? "" : `“${text}”`,
  ];
}
