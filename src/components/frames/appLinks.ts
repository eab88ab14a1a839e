const APP_ROOT = "/a/dunetrace-agents-app";

export interface RunPlace {
  readonly run_id: string;
  /** ms. */
  readonly at?: number | undefined;
  readonly step_index?: number | undefined;
}

/**
 * The page of a run in the app. The id goes into the query, not into the path: Grafana's router decodes paths, and an id
 * may hold anything.
 *
 * @example appRunHref({ run_id: "a/b", step_index: 6 }) // "/a/dunetrace-agents-app/runs/~?id=a%2Fb&step=6"
 */
export function appRunHref({ run_id, at, step_index }: RunPlace): string {
  const params = new URLSearchParams({
    id: run_id,
    ...(at === undefined ? {} : { at: String(Math.floor(at)) }),
    ...(step_index === undefined ? {} : { step: String(step_index) }),
  });
  return `${APP_ROOT}/runs/~?${params.toString()}`;
}
