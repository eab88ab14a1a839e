import type { AgentsQuery } from "../src/datasource/query/types";
import type { DatasourceRef, Target } from "./model";

/** Whichever data sources the reader chooses in the head of the dashboard. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the dashboard
export const AGENTS: DatasourceRef = { type: "dunetrace-agents-datasource", uid: "${datasource}" };
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the dashboard
export const LOKI: DatasourceRef = { type: "loki", uid: "${loki}" };

/** A query of our data source. */
export function agentsQuery(query: Omit<AgentsQuery, "refId" | "version" | "datasource">, refId = "A"): Target {
  return { refId, datasource: AGENTS, version: 1, ...query };
}

/** LogQL evaluated once, at the end of the time range: for numbers over all of it. */
export function instant(expr: string, legendFormat = "", refId = "A"): Target {
  return { refId, datasource: LOKI, editorMode: "code", expr, queryType: "instant", legendFormat };
}

/** LogQL over time. */
export function overTime(expr: string, legendFormat: string, refId = "A"): Target {
  return { refId, datasource: LOKI, editorMode: "code", expr, queryType: "range", legendFormat };
}
