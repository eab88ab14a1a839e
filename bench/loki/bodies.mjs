import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../lib/cli.mjs", import.meta.url));
const HEAD = /"event_type":"([^"]*)","agent_id":"((?:[^"\\]|\\.)*)"/;

const DAY_MICROS = 86_400_000_000;

/** The lines of so many runs of the demo, in the order of their time, which is drawn together to the last day. */
export function demoLines(runs) {
  const args = [CLI, "demo", "--runs", String(runs), "--seed", "7"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(stderr);
  const timed = stdout
    .trimEnd()
    .split("\n")
    .map((line) => [microsOf(line), line])
    .sort(([a], [b]) => a - b);
  const first = timed[0][0];
  const last = timed[timed.length - 1][0];
  const share = Math.min(1, (DAY_MICROS * 0.95) / (last - first));
  return timed.map(([micros, line]) => {
    const at = Math.round(last - (last - micros) * share);
    return `{"ts":"${formatted(at)}"${line.slice(LAST_OF_TS)}`;
  });
}

const LAST_OF_TS = `{"ts":"2026-11-20T10:00:00.000000Z"`.length;

function microsOf(line) {
  return Date.parse(`${line.slice(7, 26)}Z`) * 1000 + Number(line.slice(27, 33));
}

function formatted(micros) {
  const whole = new Date(Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(micros % 1e6).padStart(6, "0")}Z`;
}

/** Nanoseconds since the epoch, as text. */
export function timeOf(line) {
  return `${microsOf(line)}000`;
}

/**
 * Bodies of pushes as JSON, as a shipper groups them.
 *
 * @param {readonly string[]} lines
 * @returns {string[]}
 */
export function pushBodies(lines, each = 2000) {
  const bodies = [];
  for (let at = 0; at < lines.length; at += each) {
    const streams = new Map();
    for (const line of lines.slice(at, at + each)) {
      const [, event_type, agent_id] = HEAD.exec(line) ?? [];
      const key = `${agent_id} ${event_type}`;
      const stream = streams.get(key) ?? { stream: { agent_id, event_type }, values: [] };
      streams.set(key, stream);
      stream.values.push([timeOf(line), line]);
    }
    bodies.push(JSON.stringify({ streams: [...streams.values()] }));
  }
  return bodies;
}

/** Pushes all, one after the other. */
export async function pushAll(url, bodies) {
  for (const body of bodies) {
    const answer = await fetch(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    if (answer.status !== 204) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  }
}
