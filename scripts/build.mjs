// @ts-check
// `npm run build`: the library in `lib/`, the Grafana app in `dist/` and as `dunetrace-agents-app-<version>.zip`, which is
// checked. Stops at the first part that fails.
import { buildLibrary } from "./library.mjs";
import { ROOT, run } from "./processes.mjs";

/** @param {string} name */
const script = (name) => async () => (await run("node", [`${ROOT}scripts/${name}.mjs`])) === 0;

const parts = [buildLibrary, script("pluginBuild"), script("pluginZip"), script("pluginCheck")];
for (const part of parts) {
  if (await part()) continue;
  process.exitCode = 1;
  break;
}
