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
