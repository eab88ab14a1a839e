// @ts-check
// Packs `dist/` into `dunetrace-agents-app-<version>.zip`, which Grafana's administrators unpack into their folder of
// plugins.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { APP_ID, archiveOf, readFolder } from "./pluginArchive.mjs";
import { ROOT } from "./processes.mjs";

const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
for (const name of readdirSync(ROOT)) {
  if (name.startsWith(`${APP_ID}-`) && name.endsWith(".zip")) rmSync(ROOT + name);
}
const archive = archiveOf(readFolder(`${ROOT}dist`));
writeFileSync(`${ROOT}${APP_ID}-${version}.zip`, archive);
console.log(`Wrote ${APP_ID}-${version}.zip, ${Math.round(archive.length / 1000)} kB`);
