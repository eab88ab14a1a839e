// @ts-check
// Where the binaries of Loki, Promtail and Alertmanager are that the tests start. `npm run loki:build` builds them.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { ROOT } from "./processes.mjs";

/** @typedef {"loki" | "promtail" | "alertmanager"} BinaryName */

/** @type {readonly BinaryName[]} */
export const BINARIES = ["loki", "promtail", "alertmanager"];
/** The Go module that names the versions. */
export const MODULE = `${ROOT}tools/loki/`;
/** What the binaries are made from: another text of one of these makes other binaries. */
const SOURCES = ["go.mod", "go.sum", "promtail/main.go"];

/**
 * The folder of the binaries that belong to the versions in `tools/loki`. It lies outside the tree, so that a clean
 * checkout finds them.
 *
 * @param {Record<string, string | undefined>} [env]
 */
export function cacheFolder(env = process.env) {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  for (const name of SOURCES) hash.update(`${name}\n`).update(readFileSync(MODULE + name));
  const base = env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  return path.join(base, "dunetrace", hash.digest("hex").slice(0, 16));
}

/**
 * @param {BinaryName} name
 * @returns {string} the variable of the environment that names another binary
 */
export function variableOf(name) {
  return `${name.toUpperCase()}_BIN`;
}

/**
 * Path of a binary: that of LOKI_BIN, PROMTAIL_BIN or ALERTMANAGER_BIN where set, else the one in the cache.
 *
 * @param {BinaryName} name
 * @param {Record<string, string | undefined>} [env]
 * @returns {string | undefined} undefined when it has not been built
 * @throws Error when the variable names a file that is not there
 */
export function findBinary(name, env = process.env) {
  const given = env[variableOf(name)];
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`${variableOf(name)} names ${given}, which does not exist: correct it, or unset it`);
  }
  const file = path.join(cacheFolder(env), name);
  return existsSync(file) ? file : undefined;
}
