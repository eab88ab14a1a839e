/** Page of a run in the Grafana app, below the URL of Grafana. */
const RUN_PAGE = "/a/dunetrace-agents-app/runs/";

/** The link to a run's page; undefined without a Grafana URL. */
export function runUrl(grafanaUrl: string | undefined, runId: string): string | undefined {
  return grafanaUrl === undefined ? undefined : `${grafanaUrl}${RUN_PAGE}${encodeURIComponent(runId)}`;
}
