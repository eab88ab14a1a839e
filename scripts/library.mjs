// @ts-check
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ROOT, run } from "./processes.mjs";

/** What the library is built from. */
const SOURCES = [
  "src",
  "scripts/thirdPartyLicenses.ts",
  "tsdown.config.ts",
  "vite.viewer.config.mts",
  "package.json",
  "package-lock.json",
];
/** What a whole build leaves behind: every file of `lib/` that package.json names. */
const OUTPUTS = [
  ...[...readFileSync(`${ROOT}package.json`, "utf8").matchAll(/"(?:\.\/)?lib\/([^"]+)"/g)].map(([, name]) => name),
  "viewer/index.html",
];

/**
 * Time of the last change of a file, or of anything in a folder: a folder's own time tells of removed files.
 *
 * @param {string} file
 * @returns {number} ms since the epoch
 */
export function lastChange(file) {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(file).reduce((last, name) => Math.max(last, lastChange(path.join(file, name))), stats.mtimeMs);
}

/**
 * Whether a build is missing or older than what it is made from.
 *
 * @param {readonly string[]} sources files and folders
 * @param {readonly string[]} outputs files
 */
export function isStale(sources, outputs) {
  const times = outputs.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...sources.map(lastChange)) >= Math.min(...times);
}

/**
 * Builds `lib/` and says how long it took.
 *
 * @returns {Promise<boolean>} whether it worked; the reason is on stderr then
 */
export async function buildLibrary() {
  const start = performance.now();
  const code = await run("node", [`${ROOT}scripts/bundle.mjs`]);
  if (code !== 0) console.error("The build of lib/ failed, see above.");
  else console.log(`Built lib/ in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return code === 0;
}

/**
 * Builds `lib/` when it is missing or older than its sources.
 *
 * @returns {Promise<boolean>} whether there is a build that is up to date
 */
export async function ensureLibrary() {
  const sources = SOURCES.map((name) => ROOT + name);
  const outputs = OUTPUTS.map((name) => `${ROOT}lib/${name}`);
  return isStale(sources, outputs) ? buildLibrary() : true;
}
