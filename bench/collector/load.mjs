// The load that a collector holds, measured at a process of its own:
// `node bench/collector/load.mjs [--seconds 20] [--rate TRACES_A_SECOND] [--outage SECONDS]`
// Without a rate it is sent as much as it takes. With an outage its lines go to a real Loki (npm run loki:build), which is
// killed for that long after a tenth of the time.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startLoki } from "../loki/programs.mjs";
import { protobufOf, recorded, SYSTEMS, traceLike } from "./requests.mjs";

const CLI = fileURLToPath(new URL("../../lib/cli.mjs", import.meta.url));
const CONNECTIONS = 16;
/** Ticks of the CPU a second in /proc. */
const HERTZ = 100;

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "20" }, rate: { type: "string" }, outage: { type: "string" } },
});
const seconds = Number(values.seconds);
const rate = values.rate === undefined ? undefined : Number(values.rate);
const outage = values.outage === undefined ? undefined : Number(values.outage);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** One request with a trace of each system; ids are written over for each one that is sent. */
function template() {
  const traces = SYSTEMS.map((system, at) => traceLike(recorded(system), at, Date.now()));
  const body = protobufOf({ resourceSpans: traces.flatMap(({ resourceSpans }) => resourceSpans) });
  const places = traces.map((_, at) => {
    const id = Buffer.from(`a${(at + 1).toString(16).padStart(31, "0")}`, "hex");
    const found = [];
    for (let from = body.indexOf(id); from >= 0; from = body.indexOf(id, from + 1)) found.push(from);
    return found;
  });
  return { body, places, spans: places.reduce((sum, found) => sum + found.length, 0) };
}

async function startCollector(args) {
  const child = spawn(process.execPath, [CLI, "collect", "--listen", "127.0.0.1:0", ...args], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  let text = "";
  child.stderr.on("data", (part) => {
    text += part;
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for (const deadline = Date.now() + 30_000; ; await pause(10)) {
    const [, url] = /Collecting on (\S+),/.exec(text) ?? [];
    if (url !== undefined) return { url, pid: child.pid, child, ended, said: () => text };
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the collector does not listen: ${text}`);
  }
}

const cpuSeconds = (pid) => {
  const [, utime, stime] = /\) \S+(?: \S+){10} (\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
  return (Number(utime) + Number(stime)) / HERTZ;
};
const residentMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

async function metrics(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return (name) =>
    [...text.matchAll(new RegExp(`^dunetrace_${name}(?:\\{.*\\})? (\\d+)$`, "gm"))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
}

function send(url, agent, body) {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/v1/traces`,
      { method: "POST", agent, headers: { "content-type": "application/x-protobuf", "content-length": body.length } },
      (answer) => answer.resume().on("end", () => resolve(answer.statusCode ?? 0)),
    );
    sent.on("error", reject).end(body);
  });
}

async function load(url) {
  const { body, places, spans } = template();
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const start = performance.now();
  const statuses = new Map();
  const waits = [];
  let requests = 0;
  const work = async () => {
    while (performance.now() - start < seconds * 1000) {
      const number = requests++;
      if (rate !== undefined) await pause(start + (number * SYSTEMS.length * 1000) / rate - performance.now());
      const own = Buffer.from(body);
      for (const [at, found] of places.entries()) {
        for (const place of found) own.writeUInt32BE(number * SYSTEMS.length + at + 1, place + 12);
      }
      const before = performance.now();
      // An idle connection may be closed just as it is used again; exporters send again too.
      const status = await send(url, agent, own).catch((error) => error.code ?? "no answer");
      waits.push(performance.now() - before);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  const took = (performance.now() - start) / 1000;
  waits.sort((a, b) => a - b);
  const p95 = waits[Math.floor(waits.length * 0.95)] ?? 0;
  return {
    requests,
    spans: requests * spans,
    traces: requests * SYSTEMS.length,
    bytes: requests * body.length,
    took,
    p95,
    statuses,
  };
}

/** Lines of every agent of the last hours. */
async function linesIn(lokiUrl) {
  const query = encodeURIComponent('sum(count_over_time({agent_id=~".+"}[6h]))');
  const answer = await (await fetch(`${lokiUrl}/loki/api/v1/query?query=${query}`)).json();
  return Number(answer.data.result[0]?.value[1] ?? 0);
}

const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-load-"));
const loki = outage === undefined ? undefined : await startLoki(folder);
if (outage !== undefined && loki === undefined) throw new Error("There is no Loki: run npm run loki:build");
const collector = await startCollector(
  loki === undefined ? ["--file", path.join(folder, "runs.ndjson")] : ["--loki", loki.url],
);
let most = 0;
const watching = setInterval(() => {
  most = Math.max(most, residentMb(collector.pid));
}, 200);
const cpuBefore = cpuSeconds(collector.pid);
const loading = load(collector.url);
if (loki !== undefined && outage !== undefined) {
  await pause(seconds * 100);
  console.log(`Loki is killed for ${outage} s`);
  await loki.kill();
  await pause(outage * 1000);
  await loki.restart();
  console.log("Loki is back");
}
const done = await loading;
const cpu = cpuSeconds(collector.pid) - cpuBefore;
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`);
console.log(
  `${done.took.toFixed(1)} s: ${(done.traces / done.took).toFixed(0)} runs/s, ${(done.spans / done.took).toFixed(0)} spans/s, ` +
    `${(done.bytes / done.took / 2 ** 20).toFixed(1)} MiB/s, p95 ${done.p95.toFixed(0)} ms, ` +
    `answers ${[...done.statuses].map(([status, times]) => `${times} × ${status}`).join(", ")}`,
);
console.log(
  `CPU of the collector ${((cpu / done.took) * 100).toFixed(0)} % of a core, at most ${most.toFixed(0)} MB resident`,
);
for (let waited = 0; waited < 120 && (await metrics(collector.url))("traces_open") > 0; waited++) await pause(250);
// What waits after an outage is sent with the next try.
if (loki !== undefined) await pause(35_000);
const count = await metrics(collector.url);
console.log(
  `${count("runs_total")} runs, ${count("lines_total")} lines, ${count("lines_lost_total")} not taken at once, ` +
    `${count("output_dropped_lines_total")} dropped, ${count("spans_late_total")} late spans, ${count("traces_evicted_total")} traces evicted`,
);
if (loki !== undefined) console.log(`${await linesIn(loki.url)} lines in Loki`);
clearInterval(watching);
collector.child.kill("SIGTERM");
await collector.ended;
console.log(collector.said().trim().split("\n").at(-1));
await loki?.stop();
rmSync(folder, { recursive: true, force: true });
