// @ts-check
// Reads the archive of the Grafana app and says what is wrong with it; states the size of each module.
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { APP_ID, archiveProblems, moduleSizes } from "./pluginArchive.mjs";
import { ROOT } from "./processes.mjs";

const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
const files = unzipSync(readFileSync(`${ROOT}${APP_ID}-${version}.zip`));
const kB = (/** @type {number | undefined} */ bytes) => `${((bytes ?? 0) / 1000).toFixed(1)} kB`;
for (const { id, bytes, budget } of moduleSizes(files)) console.log(`${id}: ${kB(bytes)} gzip of ${kB(budget)}`);
const problems = archiveProblems(files, version);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
