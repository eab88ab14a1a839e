import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const CACHE = join(import.meta.dirname, "../../.cache");
const AGENTS = join(import.meta.dirname, "agents");
/** Installing may have to load 70 MB. */
const INSTALL_MS = 300_000;
const RUN_MS = 60_000;

/** A Python with packages of its own, or why there is none. */
export type Environment = { readonly python: string } | { readonly unavailable: string };

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = "stderr" in error && typeof error.stderr === "string" ? error.stderr : "";
  const said = stderr.trim().split("\n").at(-1) ?? "";
  return said === "" ? (error.message.split("\n")[0] ?? "") : said;
}

/**
 * A virtual environment with exactly these packages, made once and kept under `.cache`.
 *
 * @param name of its folder
 * @param packages with versions, such as `dunetrace==0.3.21`, or `-r` and the file that lists them
 */
export async function virtualEnvironment(name: string, packages: readonly string[]): Promise<Environment> {
  const folder = join(CACHE, name);
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return { python };
  // Made elsewhere and renamed when it is whole: an interrupted or parallel run leaves no half environment.
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(join(CACHE, `${name}-`));
  try {
    await execute("python3", ["-m", "venv", unfinished], { timeout: RUN_MS });
    await execute(join(unfinished, "bin", "python"), ["-m", "pip", "install", "--quiet", "--no-compile", ...packages], {
      timeout: INSTALL_MS,
    });
    if (!existsSync(folder)) renameSync(unfinished, folder);
    return { python };
  } catch (error) {
    return { unavailable: `${packages.join(", ")} cannot be installed: ${reasonOf(error)}` };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * Runs an agent of `agents/` in a home of its own, so that it leaves nothing in the user's.
 *
 * @param agent its file, or the path of another one
 * @param environment variables it gets besides
 * @returns what it wrote to stdout
 * @throws Error with its stderr when it fails
 */
export async function runAgent(
  python: string,
  agent: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "dunetrace-home-"));
  try {
    const { stdout } = await execute(python, ["-B", resolve(AGENTS, agent)], {
      env: { PATH: process.env.PATH, HOME: home, HAYSTACK_TELEMETRY_ENABLED: "False", ...environment },
      timeout: RUN_MS,
      maxBuffer: 1 << 24,
    });
    return stdout;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
