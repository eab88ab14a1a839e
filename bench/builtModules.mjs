import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsdown";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Builds parts of the package that it does not export, for this run.
 *
 * @param {Readonly<Record<string, string>>} entry paths of sources below the repository, by name
 * @returns {Promise<{ modules: Record<string, any>, dispose: () => void }>} what they export, by name
 */
export async function builtModules(entry) {
  const base = path.join(ROOT, "node_modules", ".cache");
  mkdirSync(base, { recursive: true });
  const outDir = mkdtempSync(path.join(base, "dunetrace-bench-"));
  await build({
    config: false,
    cwd: ROOT,
    entry,
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
  const names = Object.keys(entry);
  const loaded = await Promise.all(names.map((name) => import(pathToFileURL(path.join(outDir, `${name}.mjs`)).href)));
  const modules = Object.fromEntries(names.map((name, at) => [name, loaded[at]]));
  return { modules, dispose: () => rmSync(outDir, { recursive: true, force: true }) };
}
