import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findBinary } from "../../scripts/lokiBinaries.mjs";

const CLI = fileURLToPath(new URL("../../lib/cli.mjs", import.meta.url));
const PROMTAIL = fileURLToPath(new URL("../../promtail/file.yml", import.meta.url));

/** @typedef {{ name: string, url: string, memoryMb: () => number, stop: () => Promise<void> }} Program */

/** @returns {Promise<number>} a port nobody listens on right now */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @returns {Promise<Program & { kill: () => Promise<void>, restart: () => Promise<void> }>} a process that answers */
async function start(name, file, args, url, { readyPath, env = {} }) {
  let child;
  let ended;
  const launch = async () => {
    const launched = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
    process.once("exit", () => launched.kill("SIGKILL"));
    let log = "";
    launched.stderr.on("data", (text) => {
      log = `${log}${text}`.slice(-4000);
    });
    child = launched;
    ended = new Promise((resolve) => launched.once("exit", resolve));
    for (const deadline = Date.now() + 60_000; ; ) {
      const status = await fetch(url + readyPath).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return;
      if (launched.exitCode !== null || Date.now() > deadline) {
        launched.kill("SIGKILL");
        throw new Error(`${name} did not start: ${log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await launch();
  return {
    name,
    url,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    restart: launch,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The embedded store with its lines in a folder, as `dunetrace loki` starts it. */
export async function startStore(folder) {
  const port = await freePort();
  const args = [
    CLI,
    "loki",
    "--listen",
    `127.0.0.1:${port}`,
    "--data",
    path.join(folder, "store"),
    "--retention",
    "30d",
  ];
  return start("embedded store", process.execPath, args, `http://127.0.0.1:${port}`, { readyPath: "/ready" });
}

/** A real Loki with its default limits for queries; only pushing much at once is allowed. */
export async function startLoki(folder) {
  const file = findBinary("loki");
  if (file === undefined) return undefined;
  const [port, grpc] = [await freePort(), await freePort()];
  const dir = path.join(folder, "loki");
  mkdirSync(dir);
  const config = {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    server: {
      http_listen_address: "127.0.0.1",
      http_listen_port: port,
      grpc_listen_address: "127.0.0.1",
      grpc_listen_port: grpc,
      log_level: "error",
    },
    common: {
      instance_addr: "127.0.0.1",
      path_prefix: dir,
      replication_factor: 1,
      storage: { filesystem: { chunks_directory: `${dir}/chunks`, rules_directory: `${dir}/rules` } },
      ring: { instance_addr: "127.0.0.1", kvstore: { store: "inmemory" } },
    },
    schema_config: {
      configs: [
        {
          from: "2024-01-01",
          store: "tsdb",
          object_store: "filesystem",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    // A day of lines pushed at once is all of the present: it is found in memory.
    ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" }, max_chunk_age: "48h" },
    querier: { query_ingesters_within: "0s" },
    frontend_worker: { frontend_address: `127.0.0.1:${grpc}`, dns_lookup_duration: "500ms" },
    limits_config: {
      discover_log_levels: false,
      ingestion_rate_mb: 1024,
      ingestion_burst_size_mb: 1024,
      per_stream_rate_limit: "1GB",
      per_stream_rate_limit_burst: "1GB",
    },
  };
  const file_ = path.join(dir, "loki.yml");
  // Every JSON text is a YAML text.
  writeFileSync(file_, JSON.stringify(config));
  const args = [`-config.file=${file_}`, "-target=all"];
  return start("Loki", file, args, `http://127.0.0.1:${port}`, { readyPath: "/ready" });
}

/** A real Promtail with the configuration for files that the package ships, which reads the files of a folder. */
export async function startPromtail(folder, lokiUrl) {
  const file = findBinary("promtail");
  if (file === undefined) return undefined;
  const port = await freePort();
  const args = [
    `-config.file=${PROMTAIL}`,
    "-config.expand-env=true",
    `-server.http-listen-port=${port}`,
    "-server.grpc-listen-port=0",
  ];
  const env = { LOKI_URL: lokiUrl, POSITIONS_DIR: folder, AGENT_LOGS: `${folder}/*.ndjson` };
  return start("Promtail", file, args, `http://127.0.0.1:${port}`, { readyPath: "/metrics", env });
}
