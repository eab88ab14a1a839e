// Writes the dashboards of `dashboards/` as the files that Grafana provisions and the plugin bundles.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tsImport } from "tsx/esm/api";

const FOLDER = path.resolve(import.meta.dirname, "../provisioning/dashboards/dunetrace");

const { DASHBOARDS, dashboardText } = await tsImport("../dashboards/index.ts", import.meta.url);
mkdirSync(FOLDER, { recursive: true });
for (const [name, dashboard] of Object.entries(DASHBOARDS)) {
  const file = path.join(FOLDER, `${name}.json`);
  writeFileSync(file, dashboardText(dashboard));
  console.log(path.relative(process.cwd(), file));
}
