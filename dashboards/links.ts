import type { Severity } from "../src/core/wire";
import type { DataLink, Override } from "./model";

/** A run of a table on the run dashboard. Percent-encoding keeps ids of any kind one parameter. */
const runDashboard = (field: string): DataLink => ({
  title: "Run dashboard",
  url: `/d/dunetrace-run?\${datasource:queryparam}&var-agent=\${__data.fields.agent_id:percentencode}&var-run=\${__data.fields.${field}:percentencode}&\${__url_time_range}`,
});

/** Makes a column of run ids lead to the run dashboard, beside the links that the data source adds. */
export const TO_RUN: Override = {
  matcher: { id: "byName", options: "run_id" },
  properties: [{ id: "links", value: [runDashboard("run_id")] }],
};

/** What the reader has chosen in the head of the overview. */
const CHOSEN = `\${agent:queryparam}&\${version:queryparam}&\${__url_time_range}`;

/** A page of the app, over the same agents, versions and time; the app reads the variables of dashboards. */
export function toApp(title: string, page: string, params: Readonly<Record<string, string>>): DataLink {
  const asked = new URLSearchParams(params).toString();
  return {
    title,
    url: `/a/dunetrace-agents-app/${page}?${asked}&ds=\${datasource:percentencode}&${CHOSEN}`,
  };
}

/** The dashboard of signals, over the same agents, versions and time. */
export function toSignals(severity: Severity): DataLink {
  return {
    title: "Agent signals",
    url: `/d/dunetrace-signals?var-severity=${severity}&\${datasource:queryparam}&\${loki:queryparam}&${CHOSEN}`,
  };
}
