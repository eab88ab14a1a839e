import type { TimeSpan } from "../logql/ask";

/**
 * The address of Explore with a query on a Loki data source, below the address of Grafana.
 *
 * @param uid of the Loki data source
 */
export function exploreAddress(uid: string, logql: string, { from, to }: TimeSpan): string {
  const datasource = { type: "loki", uid };
  const pane = {
    datasource: uid,
    queries: [{ refId: "A", datasource, expr: logql, queryType: "range", editorMode: "code" }],
    range: { from: String(Math.floor(from)), to: String(Math.ceil(to)) },
  };
  return `/explore?${new URLSearchParams({ schemaVersion: "1", panes: JSON.stringify({ runs: pane }) })}`;
}
