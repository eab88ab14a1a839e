// @ts-check
// `npm run check`: types, lint and format, dead code, unit tests, build, package lint. Runs all parts, then names those
// that failed. `--except NAME` leaves a part out, `--only NAME` runs it alone; both may be repeated.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { npm, ROOT, run, tool } from "./processes.mjs";

/** @param {string} project */
const types = (project) => run("node", [tool("tsc"), "-p", project]);

/** Packs the library as npm would publish it and lets both linters read that file. */
async function packageLint() {
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-pack-"));
  try {
    const [command, ...first] = npm();
    if ((await run(command, [...first, "pack", "--silent", "--pack-destination", folder])) !== 0) return 1;
    const tarball = readdirSync(folder).map((name) => path.join(folder, name))[0];
    if (tarball === undefined) throw new Error(`npm pack wrote no file into ${folder}`);
    const publint = await run("node", [tool("publint"), "run", tarball, "--strict"]);
    const noModules = ["./detectors.yml"];
    const attw = await run("node", [
      tool("attw"),
      tarball,
      "--profile",
      "node16",
      "--exclude-entrypoints",
      ...noModules,
    ]);
    return publint === 0 && attw === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The parts by name, in the order in which they run; each resolves to an exit code. */
const PARTS = new Map([
  ["types of core", () => types("tsconfig.core.json")],
  ["types of the library", () => types("tsconfig.lib.json")],
  ["types of the plugin", () => types("tsconfig.plugin.json")],
  ["types of the plugin's tests", () => types("tsconfig.plugin-tests.json")],
  ["types of the build", () => types("tsconfig.build.json")],
  ["types of the host page", () => types("tsconfig.host.json")],
  ["lint and format", () => run("node", [tool("biome"), "check", "--error-on-warnings"])],
  ["dead code", () => run("node", [tool("knip")])],
  ["unit tests", () => run("node", [tool("vitest"), "run", "src", "test/architecture"])],
  ["build", () => run("node", [`${ROOT}scripts/build.mjs`])],
  ["package lint", packageLint],
]);

/**
 * The parts to run.
 *
 * @param {{ except?: string[] | undefined, only?: string[] | undefined }} choice
 * @throws Error for a name that no part has
 */
function chosen({ except = [], only = [] }) {
  const names = [...PARTS.keys()];
  for (const name of [...except, ...only]) {
    if (!PARTS.has(name)) throw new Error(`No part is called "${name}"; the parts are: ${names.join(", ")}`);
  }
  return names.filter((name) => !except.includes(name) && (only.length === 0 || only.includes(name)));
}

const several = /** @type {const} */ ({ type: "string", multiple: true });
const names = chosen(parseArgs({ options: { except: several, only: several } }).values);
const failed = [];
for (const name of names) {
  console.log(`\n=== ${name}`);
  if ((await PARTS.get(name)?.()) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? `\nAll ${names.length} parts passed.` : `\nFailed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
