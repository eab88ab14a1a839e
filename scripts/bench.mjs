// @ts-check
// `npm run bench`: measures the built library. Arguments go to the benchmark.
import { ensureLibrary } from "./library.mjs";
import { run } from "./processes.mjs";

process.exitCode = (await ensureLibrary()) ? await run("node", ["bench/run.mjs", ...process.argv.slice(2)]) : 1;
