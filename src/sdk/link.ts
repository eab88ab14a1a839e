/** Page of a run in the Grafana app, below the URL of Grafana. */
const RUN_PAGE = "/a/dunetrace-agents-app/runs/";

/**
 * The link to a run's page in the Grafana app `dunetrace-agents-app`, which takes the id alone and finds the run's time by
 * itself; undefined without a Grafana URL. Where Grafana is served below a path, the URL given must have that path.
 */
export function runUrl(grafanaUrl: string | undefined, runId: string): string | undefined {
  return grafanaUrl === undefined ? undefined : `${grafanaUrl}${RUN_PAGE}${encodeURIComponent(runId)}`;
}
