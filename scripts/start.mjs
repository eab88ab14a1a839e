// @ts-check
// `npm start`: builds what is missing or older than its sources, then shows the demo agents on a page and in the
// terminal, as `dunetrace demo --live --history 300 | dunetrace dev - --listen 127.0.0.1:3100` does. Arguments go to the
// demo: `npm start -- --seed 7`. Set DUNETRACE_LISTEN=HOST:PORT for another address.
import { createServer } from "node:net";
import { ensureLibrary } from "./library.mjs";
import { pipeline } from "./pipeline.mjs";
import { ROOT } from "./processes.mjs";

const CLI = `${ROOT}lib/cli.mjs`;
const HOST = "127.0.0.1";
const PORT = 3100;

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nobody listens there
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

if (await ensureLibrary()) {
  const listen = process.env.DUNETRACE_LISTEN ?? `${HOST}:${(await isFree(PORT)) ? PORT : 0}`;
  const demo = [CLI, "demo", "--live", "--history", "300", ...process.argv.slice(2)];
  process.exitCode = await pipeline(demo, [CLI, "dev", "-", "--listen", listen]);
} else process.exitCode = 1;
