import type { LogqlText } from "../../api";
import { selector } from "../compose/selector";
import { containsAny, labelIn, pipeline } from "../compose/stages";
import { agents, events, fields } from "../fields";
import type { Scope } from "../scope";

export interface MarkerFilter {
  readonly agents?: readonly string[] | undefined;
  /** Deployments of these versions only; fixes have no version. */
  readonly versions?: readonly string[] | undefined;
}

/** When was something deployed? */
export function deployMarkers(scope: Scope, { agents: ids, versions = [] }: MarkerFilter = {}): LogqlText {
  const lines = selector(scope, [...agents(ids), ...events("deploy.marker")]);
  return versions.length === 0
    ? lines
    : pipeline(lines, containsAny(versions), fields("dver"), labelIn("dver", versions));
}

/** When was a fix applied? */
export function fixMarkers(scope: Scope, { agents: ids }: Pick<MarkerFilter, "agents"> = {}): LogqlText {
  return selector(scope, [...agents(ids), ...events("fix.applied")]);
}

/** Both, as annotations show them. */
export function deployAndFixMarkers(scope: Scope, { agents: ids }: Pick<MarkerFilter, "agents"> = {}): LogqlText {
  return selector(scope, [...agents(ids), ...events("deploy.marker", "fix.applied")]);
}
