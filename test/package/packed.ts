import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

export const ROOT = join(import.meta.dirname, "../..");
/** The Node that runs programs using the package; `npm run matrix` sets it to each version in turn. */
export const NODE = process.env.DUNETRACE_TEST_NODE ?? process.execPath;

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The environment without what `npm test` adds for its own scripts and without what a user's shell may set for the
 * package.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = /^(npm_(package|lifecycle|command|config_local_prefix)|DUNETRACE_|VITEST|NODE_OPTIONS|NODE_ENV)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/**
 * Runs a program to its end.
 *
 * @throws Error with its output when it ends with a code other than 0
 */
export async function execIn(folder: string, file: string, args: readonly string[]): Promise<Finished> {
  const options = { cwd: folder, env: cleanEnvironment(), encoding: "utf8", maxBuffer: 1 << 26 } as const;
  return execute(file, args, options);
}

/** Runs npm: the one that runs the tests where there is one, else that of the PATH. */
export async function npm(folder: string, ...args: readonly string[]): Promise<Finished> {
  const cli = process.env.npm_execpath;
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"];
  return cli?.endsWith("npm-cli.js")
    ? execIn(folder, process.execPath, [cli, ...args, ...quiet])
    : execIn(folder, "npm", [...args, ...quiet]);
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "dunetrace-package-"));

/**
 * The package as npm would publish it.
 *
 * @returns path of the tarball in `folder`
 * @throws Error when there is no build
 */
export async function pack(folder: string): Promise<string> {
  if (!existsSync(join(ROOT, "lib/cli.mjs"))) throw new Error("lib/ is missing: run `npm run build` first");
  await npm(ROOT, "pack", "--pack-destination", folder);
  const name = readdirSync(folder).find((entry) => entry.endsWith(".tgz"));
  if (name === undefined) throw new Error(`npm pack wrote no tarball into ${folder}`);
  return join(folder, name);
}

/**
 * A project that has the packed package and nothing else installed.
 *
 * @returns its folder, or why npm could not install: the registry was out of reach, and its cache did not have the
 *   dependencies
 */
export async function consumer(): Promise<{ folder: string } | { unreachable: string }> {
  const folder = temporaryFolder();
  const tarball = await pack(folder);
  const manifest = { name: "consumer", private: true, dependencies: { "dunetrace-grafana": `file:${tarball}` } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  try {
    // `npm ci` of this repository has filled the cache.
    await npm(folder, "install", "--offline");
  } catch (offline) {
    if (!String(offline).includes("ENOTCACHED")) throw offline;
    try {
      await npm(folder, "install");
    } catch (online) {
      const code = /code (E\w+)/.exec(String(online))?.[1];
      if (code === undefined || !UNREACHABLE.has(code)) throw online;
      return { unreachable: `npm cannot reach its registry (${code}) and has the dependencies not in its cache` };
    }
  }
  return { folder };
}

const UNREACHABLE = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH"]);

/** All files below a folder, with their sizes in bytes, by path with slashes. */
export function filesBelow(folder: string, prefix = ""): Map<string, number> {
  const files = new Map<string, number>();
  for (const name of readdirSync(join(folder, prefix))) {
    const path = prefix === "" ? name : `${prefix}/${name}`;
    const stats = statSync(join(folder, path));
    if (stats.isDirectory()) for (const [inner, size] of filesBelow(folder, path)) files.set(inner, size);
    else files.set(path, stats.size);
  }
  return files;
}

/** A JSON file that must hold an object. */
export function readObject(path: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${path} holds no object`);
  return { ...value };
}
