// @ts-check
// `npm run matrix`: the packed package on the oldest Node that it supports and on the later lines, and the tests of the
// SDK on those that the test runner supports. The Node programs come as npm packages into `.cache/node`.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { buildLibrary } from "./library.mjs";
import { npm, ROOT, run } from "./processes.mjs";
import { runTests } from "./testRun.mjs";
import { closingLine, verdict } from "./testVerdict.mjs";

/** `unit`: the test runner runs there as well. */
const VERSIONS = [
  { version: "20.12.0", unit: false },
  { version: "22", unit: true },
  { version: "24", unit: true },
];
const FOLDER = `${ROOT}.cache/node`;

/** @param {string} version */
const program = (version) => `${FOLDER}/node_modules/node-${version}/bin/node`;

/** Installs all versions side by side. */
async function installNodes() {
  const source = `node-${process.platform}-${process.arch}`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/package.json`, '{ "private": true }\n');
  const specs = VERSIONS.map(({ version }) => `node-${version}@npm:${source}@${version}`);
  const [command, ...first] = npm();
  const flags = ["--prefix", FOLDER, "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"];
  const code = await run(command, [...first, "install", ...flags, ...specs]);
  const missing = VERSIONS.filter(({ version }) => !existsSync(program(version)));
  if (code === 0 && missing.length === 0) return true;
  console.error(`Cannot install Node ${missing.map(({ version }) => version).join(", ")} from the packages ${source}.`);
  return false;
}

/**
 * @param {string} title
 * @param {() => Promise<import("./testVerdict.mjs").Outcome>} tests
 * @returns {Promise<boolean>} whether all passed
 */
async function passes(title, tests) {
  console.log(`\n=== ${title}`);
  const result = verdict(await tests(), process.env.CI === "true");
  for (const line of [...result.remarks, `${title}: ${closingLine(result)}`]) console.log(line);
  return result.failed === 0;
}

/** Runs everything on every version; resolves to the titles of what failed. */
async function checkAll() {
  const failed = [];
  for (const { version, unit } of VERSIONS) {
    const node = program(version);
    const packed = `Node ${version}, packed package`;
    if (!(await passes(packed, () => runTests(["test/package"], { env: { DUNETRACE_TEST_NODE: node } })))) {
      failed.push(packed);
    }
    const units = `Node ${version}, core and SDK`;
    if (unit && !(await passes(units, () => runTests(["src/core", "src/sdk"], { node })))) failed.push(units);
  }
  return failed;
}

const ready = (await buildLibrary()) && (await installNodes());
const failed = ready ? await checkAll() : ["set-up"];
console.log(failed.length === 0 ? "\nAll versions passed." : `\nFailed: ${failed.join("; ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
