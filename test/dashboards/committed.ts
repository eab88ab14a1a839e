import { readFileSync } from "node:fs";
import path from "node:path";
import { DASHBOARDS } from "../../dashboards";
import type { Dashboard, Target } from "../../dashboards/model";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The text of a file below `provisioning/`. */
export function provisioned(name: string): string {
  return readFileSync(path.join(ROOT, "provisioning", name), "utf8");
}

export const NAMES: readonly string[] = Object.keys(DASHBOARDS);

/** One query of a dashboard, with the place it stands at. */
export interface PlacedTarget {
  readonly name: string;
  readonly target: Target;
}

/** The queries of all panels. */
export function targets(type: "loki" | "dunetrace-agents-datasource"): readonly PlacedTarget[] {
  return Object.entries(DASHBOARDS).flatMap(([file, { panels }]) =>
    panels.flatMap(({ title, targets: of = [] }) =>
      of.flatMap((target) => (target.datasource.type === type ? [{ name: `${file}: ${title}`, target }] : [])),
    ),
  );
}

export function each(check: (name: string, dashboard: Dashboard) => void): void {
  for (const [name, dashboard] of Object.entries(DASHBOARDS)) check(name, dashboard);
}
