import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsdown";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Parts of the package that it does not export: queries, readers and the detectors' LogQL, built for this run.
 *
 * @returns {Promise<{ logql: typeof import("../../src/logql"), detectors: typeof import("../../src/logql/detectors"), dispose: () => void }>}
 */
export async function lokiModules() {
  const base = path.join(ROOT, "node_modules", ".cache");
  mkdirSync(base, { recursive: true });
  const outDir = mkdtempSync(path.join(base, "dunetrace-bench-"));
  await build({
    config: false,
    cwd: ROOT,
    entry: { logql: "src/logql/index.ts", detectors: "src/logql/detectors/index.ts" },
    outDir,
    format: "esm",
    platform: "node",
    target: "node20.12",
    tsconfig: "tsconfig.lib.json",
    fixedExtension: true,
    dts: false,
    clean: false,
    logLevel: "error",
  });
  const load = (name) => import(pathToFileURL(path.join(outDir, `${name}.mjs`)).href);
  const [logql, detectors] = await Promise.all([load("logql"), load("detectors")]);
  return { logql, detectors, dispose: () => rmSync(outDir, { recursive: true, force: true }) };
}

/** What Node gives the HTTP client. */
export const NODE = {
  fetch,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  abortController: () => new AbortController(),
};
