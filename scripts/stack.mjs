// @ts-check
// `npm run stack`: Loki, Promtail on promtail/file.yml, the demo agents, the collector and the local page over that Loki, until
// Ctrl-C. Data stays in a folder.
// `npm run stack -- --data DIR --port 3100 --rate 40`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureLibrary } from "./library.mjs";
import { findBinary, variableOf } from "./lokiBinaries.mjs";
import { ROOT } from "./processes.mjs";

const READY_MS = 30_000;
const GRACE_MS = 10_000;

/**
 * @param {string} problem with what was asked for
 * @returns {never}
 */
function refuse(problem) {
  console.error(`${problem}; the options are --data DIR, --port 3100 and --rate 40 (runs a minute).`);
  process.exit(2);
}

function readOptions() {
  const text = /** @type {const} */ ({ type: "string" });
  try {
    return parseArgs({
      options: {
        data: { ...text, default: `${ROOT}.cache/stack` },
        port: { ...text, default: "3100" },
        rate: { ...text, default: "40" },
      },
    }).values;
  } catch (error) {
    return refuse(String(error instanceof Error ? error.message : error).replace(/\. .*/s, ""));
  }
}

const values = readOptions();
if (!/^\d+$/.test(values.port) || Number(values.port) < 1 || Number(values.port) > 65_535) {
  refuse(`--port ${values.port} is no port from 1 to 65535`);
}
if (!/^[1-9]\d*$/.test(values.rate)) refuse(`--rate ${values.rate} is no whole number above 0`);
const data = path.resolve(values.data);
const agents = path.join(data, "agents");
const url = `http://127.0.0.1:${values.port}`;

/**
 * A program of the stack, its output going to a log file in the folder.
 *
 * @typedef {object} Started
 * @property {string} name
 * @property {import("node:child_process").ChildProcess} child
 * @property {Promise<string>} ended resolves to why
 */

/** @type {Started[]} */
const running = [];
let stopping = false;

/**
 * @param {string} name
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, output?: string }} [options] `output`: file for its stdout instead of the log
 */
function start(name, file, args, { env = {}, output } = {}) {
  const log = openSync(path.join(data, `${name}.log`), "a");
  const out = output === undefined ? log : openSync(output, "a");
  // In a group of its own: Ctrl-C reaches this script alone, which ends the programs in order.
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["ignore", out, log], detached: true });
  closeSync(log);
  if (out !== log) closeSync(out);
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  const started = { name, child, ended };
  running.push(started);
  ended.then((why) => {
    if (stopping) return;
    const text = readFileSync(path.join(data, `${name}.log`), "utf8")
      .trimEnd()
      .split("\n")
      .slice(-5)
      .join("\n");
    console.error(`${name} ended with ${why}; its log ${path.join(data, `${name}.log`)} ends with:\n${text}`);
    stop(1);
  });
}

/**
 * Ends everything, the demo first, and then this script.
 *
 * @param {number} code
 */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  for (const { child, ended } of running.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) continue;
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await ended;
    clearTimeout(force);
  }
  process.exit(code);
}

/** @param {string} address */
async function ready(address) {
  for (const end = Date.now() + READY_MS; Date.now() < end && !stopping; ) {
    const answer = await fetch(address).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** @param {string} port @returns {Promise<boolean>} */
async function isFree(port) {
  const server = createServer().listen(Number(port), "127.0.0.1");
  try {
    // Rejects when the server tells of an error instead.
    await once(server, "listening");
  } catch {
    return false;
  }
  await once(server.close(), "close");
  return true;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await once(server.close(), "close");
  return address !== null && typeof address === "object" ? String(address.port) : "";
}

/** @returns {Promise<string | undefined>} why the stack cannot run */
async function startAll() {
  const loki = findBinary("loki");
  const promtail = findBinary("promtail");
  if (loki === undefined || promtail === undefined) {
    const name = loki === undefined ? "loki" : "promtail";
    return `There is no binary of ${name}: run \`npm run loki:build\`, or name one by ${variableOf(name)}.`;
  }
  if (!(await isFree(values.port))) return `Port ${values.port} of 127.0.0.1 is taken: choose another one with --port.`;
  if (!(await ensureLibrary())) return "The library could not be built.";
  for (const folder of [agents, path.join(data, "positions"), path.join(data, "loki")]) {
    mkdirSync(folder, { recursive: true });
  }

  const ports = { LOKI_PORT: values.port, LOKI_GRPC_PORT: await freePort() };
  const lokiConfig = [`-config.file=${ROOT}docker/loki.yml`, "-config.expand-env=true", "-target=all"];
  start("loki", loki, lokiConfig, { env: { ...ports, LOKI_DIR: path.join(data, "loki") } });
  if (!(await ready(`${url}/ready`))) return stopping ? undefined : `Loki is not ready after ${READY_MS / 1000} s.`;

  const promtailPort = await freePort();
  const flags = ["-config.expand-env=true", `-server.http-listen-port=${promtailPort}`];
  start("promtail", promtail, [`-config.file=${ROOT}promtail/file.yml`, ...flags], {
    env: { LOKI_URL: url, POSITIONS_DIR: path.join(data, "positions"), AGENT_LOGS: `${agents}/*.ndjson` },
  });
  start("demo", process.execPath, [`${ROOT}lib/cli.mjs`, "demo", "--live", "--rate", values.rate], {
    output: path.join(agents, "agents.ndjson"),
  });
  const collectorUrl = `http://127.0.0.1:${await freePort()}`;
  const pageUrl = `http://127.0.0.1:${await freePort()}`;
  // Promtail takes its lines from the same folder as those of the agents.
  const collected = ["--listen", collectorUrl.slice(7), "--file", path.join(agents, "collector.ndjson")];
  start("collector", process.execPath, [`${ROOT}lib/cli.mjs`, "collect", ...collected]);
  const shown = ["--loki", url, "--since", "1h", "--listen", pageUrl.slice(7), "--no-open", "--plain"];
  start("page", process.execPath, [`${ROOT}lib/cli.mjs`, "dev", ...shown]);
  const promtailUrl = `http://127.0.0.1:${promtailPort}`;
  if (!(await ready(`${promtailUrl}/ready`))) return stopping ? undefined : "Promtail does not find the agents' lines.";

  console.log(`Loki      ${url}
Promtail  ${promtailUrl}
Collector ${collectorUrl}
Page      ${pageUrl}/
Lines     ${path.join(agents, "agents.ndjson")}
Logs      ${data}/*.log
Processes ${running.map(({ name, child }) => `${name} ${child.pid}`).join(", ")}

Look at the runs:  node lib/cli.mjs runs --loki ${url}
Grafana is no part of it: give one of yours this Loki, and the files of provisioning/.
Is all wired:      node lib/cli.mjs doctor --loki ${url} ${path.join(agents, "agents.ndjson")}
Ctrl-C ends all of it; data and lines stay in ${data}.`);
  return undefined;
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => stop(0));
const problem = await startAll();
if (problem !== undefined) {
  console.error(problem);
  await stop(1);
}
