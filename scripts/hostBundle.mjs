// @ts-check
// Bundles the host page of the end-to-end tests with the React and Grafana of one generation into `.cache/host/`:
// `18` with what this repository develops against, `19` with those of test/host/grafana-13.2, installed on demand.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "vite";
import { npm, ROOT, run } from "./processes.mjs";

// Vite asks this before its mode: started by tests it would say "test", and JSX be made for a React under development.
process.env.NODE_ENV = "production";

const CACHE = `${ROOT}.cache/host`;
const PAGE = `${ROOT}test/host/page`;
const GENERATION = `${ROOT}test/host/grafana-13.2`;
const INSTALLED = `${CACHE}/grafana-13.2`;

/** What the bundles are made from, by content: times say nothing in a fresh clone with a cache of an earlier one. */
function contentHash() {
  const hash = createHash("sha256");
  const page = readdirSync(PAGE).map((name) => `${PAGE}/${name}`);
  const locks = [`${GENERATION}/package-lock.json`, `${ROOT}package-lock.json`, `${ROOT}scripts/hostBundle.mjs`];
  for (const file of [...page, ...locks].sort()) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest("hex");
}

/** Installs the packages of the second generation unless that very lockfile is installed. */
async function installed() {
  const lock = readFileSync(`${GENERATION}/package-lock.json`, "utf8");
  const mark = `${INSTALLED}/installed.json`;
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return INSTALLED;
  mkdirSync(INSTALLED, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) cpSync(`${GENERATION}/${name}`, `${INSTALLED}/${name}`);
  const [command, ...first] = npm();
  const code = await run(command, [
    ...first,
    "ci",
    "--prefix",
    INSTALLED,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);
  if (code !== 0) throw new Error("npm could not install the packages of test/host/grafana-13.2");
  writeFileSync(mark, lock);
  return INSTALLED;
}

/**
 * Takes packages that the page imports from another folder.
 *
 * @param {string} folder that holds a node_modules
 * @returns {import("vite").Plugin}
 */
const packagesOf = (folder) => ({
  name: "packages-of-another-folder",
  enforce: "pre",
  resolveId(source, importer) {
    if (!importer?.startsWith(PAGE) || source.startsWith(".") || path.isAbsolute(source)) return null;
    return this.resolve(source, `${folder}/index.js`, { skipSelf: true });
  },
});

/** @param {"18" | "19"} react */
async function bundle(react) {
  const outDir = `${CACHE}/react-${react}`;
  const hash = contentHash();
  const mark = `${outDir}/made-from.txt`;
  if (existsSync(mark) && readFileSync(mark, "utf8") === hash) return;
  const plugins = react === "19" ? [packagesOf(await installed())] : [];
  await build({
    configFile: false,
    root: PAGE,
    base: "/",
    mode: "production",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins,
    build: { outDir, emptyOutDir: true, target: "es2022", minify: false, chunkSizeWarningLimit: 100_000 },
  });
  writeFileSync(mark, hash);
}

for (const react of process.argv.slice(2)) {
  if (react !== "18" && react !== "19") throw new Error(`There is no host page for React ${react}`);
  await bundle(react);
}
