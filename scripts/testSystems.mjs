// @ts-check
// `npm run test:systems -- NAME…`: runs the tests of those real systems against a collector; without a name all of them.
import { readdirSync } from "node:fs";
import { ROOT, run } from "./processes.mjs";

const FOLDER = "test/systems";
const ENDING = ".test.ts";
/** Systems whose tests lie elsewhere. */
const ELSEWHERE = new Map([
  ["python", ["test/python/", "test/collector/python.test.ts", "test/demo/pythonExample.test.ts"]],
]);

const systems = readdirSync(`${ROOT}${FOLDER}`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .filter(({ name }) => readdirSync(`${ROOT}${FOLDER}/${name}`).some((file) => file.endsWith(ENDING)))
  .map(({ name }) => name)
  .concat(...ELSEWHERE.keys())
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !systems.includes(name));
if (unknown.length > 0) {
  console.error(`There is no system called ${unknown.join(", ")}. The systems are: ${systems.join(", ")}.`);
  process.exit(2);
}
const names = wanted.length === 0 ? systems : wanted;
const places = names.flatMap((name) => ELSEWHERE.get(name) ?? [`${FOLDER}/${name}/`]);
process.exitCode = await run("node", [`${ROOT}scripts/test.mjs`, ...places]);
