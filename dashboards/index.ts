/**
 * The dashboards of the plugin, from one source: `scripts/dashboards.mjs` writes them for file provisioning, from where
 * the build copies them into the plugin.
 */
import type { Dashboard } from "./model";
import { overview } from "./overview";
import { runDetail } from "./run";
import { signals } from "./signals";

/** By the name of their file. */
export const DASHBOARDS: Readonly<Record<string, Dashboard>> = {
  "agents-overview": overview,
  "run-detail": runDetail,
  signals,
};

/** A dashboard as its file holds it. */
export function dashboardText(dashboard: Dashboard): string {
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}
