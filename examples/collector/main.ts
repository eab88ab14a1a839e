import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { museumTrace } from "./trace";

// What `npx dunetrace` starts.
const packageJson = createRequire(import.meta.url).resolve("dunetrace-grafana/package.json");
const cli = join(dirname(packageJson), "lib/cli.mjs");
const config = join(import.meta.dirname, "collector.yml");
const options = ["collect", "--listen", "127.0.0.1:0", "--config", config, "--stdout"];
const collector = spawn(process.execPath, [cli, ...options], { stdio: ["ignore", "inherit", "pipe"] });

/** It says where it listens on stderr. */
const url = await new Promise<string>((resolve, reject) => {
  let said = "";
  collector.stderr.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
    const address = /Collecting on (\S+?),/.exec(said)?.[1];
    if (address !== undefined) resolve(address);
  });
  collector.once("close", () => reject(new Error(said)));
});

const response = await fetch(`${url}/v1/traces`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(museumTrace()),
});
console.error(`The collector answers ${response.status}.`);

// SIGTERM writes the runs that are open and flushes.
collector.kill("SIGTERM");
await once(collector, "close");
