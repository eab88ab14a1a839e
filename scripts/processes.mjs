// @ts-check
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a program of the repository to its end, its output going where ours goes.
 *
 * @param {string} file program, or "node" for the Node that runs this script
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string | undefined> }} [options] what to add to the environment
 * @returns {Promise<number>} exit code; 1 when a signal ended it
 */
export function run(file, args, options = {}) {
  const child = spawn(file === "node" ? process.execPath : file, args, {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`Cannot run ${file}: ${error.message}`, { cause: error })));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/**
 * Path of a command that an installed package brings, to be run with Node: works without `node_modules/.bin` on the
 * PATH.
 *
 * @param {string} command
 */
export function tool(command) {
  return `${ROOT}node_modules/.bin/${command}`;
}

/**
 * Program and first arguments to run npm with: the npm that runs this script where there is one, else that of the PATH.
 *
 * @returns {[string, ...string[]]}
 */
export function npm() {
  const cli = process.env.npm_execpath;
  return cli?.endsWith("npm-cli.js") ? ["node", cli] : ["npm"];
}
