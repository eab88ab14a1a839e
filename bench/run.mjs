// Prints the bars of this package as ratios against a named peer, all measured in this run on this machine.
// `node bench/run.mjs [sdk] [llmCall] [idle] [parse] [otlp] [loki]`: those rows only.
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { isMet, table } from "./harness.mjs";
import { idleRows } from "./rows/idle.mjs";
import { llmCallRows } from "./rows/llmCall.mjs";
import { lokiRows } from "./rows/loki.mjs";
import { otlpRows } from "./rows/otlp.mjs";
import { parseRows } from "./rows/parse.mjs";
import { sdkRows } from "./rows/sdk.mjs";

const ROWS = { sdk: sdkRows, llmCall: llmCallRows, idle: idleRows, parse: parseRows, otlp: otlpRows, loki: lokiRows };

if (globalThis.gc === undefined) {
  const args = ["--expose-gc", fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.exit(spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1);
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const unknown = wanted.filter((name) => !Object.hasOwn(ROWS, name));
if (unknown.length > 0) {
  console.error(`There is no row ${unknown.join(", ")}. The rows are ${Object.keys(ROWS).join(", ")}.`);
  process.exit(2);
}
const results = [];
for (const [name, rows] of Object.entries(ROWS)) {
  if (wanted.length === 0 || wanted.includes(name)) results.push(...(await rows()));
}
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}\n`);
console.log(table(results));
const missed = results.filter((result) => !isMet(result)).length;
console.log(`\n${results.length - missed} of ${results.length} bars met`);
