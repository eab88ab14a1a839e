// @ts-check
// `npm start`: builds what is missing or older than its sources, then shows the demo agents in the live view, as
// `dunetrace demo --live | dunetrace dev -` does. Arguments go to the demo: `npm start -- --seed 7`.
import { ensureLibrary } from "./library.mjs";
import { pipeline } from "./pipeline.mjs";
import { ROOT } from "./processes.mjs";

const CLI = `${ROOT}lib/cli.mjs`;
const demo = [CLI, "demo", "--live", ...process.argv.slice(2)];

process.exitCode = (await ensureLibrary()) ? await pipeline(demo, [CLI, "dev", "-"]) : 1;
