import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** A package that brings its own copy of a client, or is used beside it. */
const DEPENDANTS: Readonly<Record<ClientPackage, readonly string[]>> = {
  openai: ["@langchain/openai", "@openai/agents", "@openai/agents-openai"],
  "@anthropic-ai/sdk": ["@langchain/anthropic", "@anthropic-ai/bedrock-sdk", "@anthropic-ai/vertex-sdk"],
};

export type ClientPackage = "openai" | "@anthropic-ai/sdk";

/** Where an application's packages are looked for: from its first script, and from where it was started. */
function places(): readonly string[] {
  const [, script] = process.argv;
  const here = join(process.cwd(), "package.json");
  return script === undefined ? [here] : [script, here];
}

function resolveFrom(place: string, name: string): string | undefined {
  try {
    return createRequire(place).resolve(name);
  } catch {
    // Not installed there.
    return undefined;
  }
}

/** Files of the application and of its packages from which different copies of a package may be found. */
function origins(name: ClientPackage): readonly string[] {
  return places().flatMap((place) => {
    const dependants = DEPENDANTS[name].map((dependant) => resolveFrom(place, dependant));
    return [place, ...dependants.filter((file) => file !== undefined)];
  });
}

/** The CommonJS files of all copies of a package that can be found, the application's own first. */
function installedFiles(name: ClientPackage): ReadonlySet<string> {
  const files = origins(name).map((from) => resolveFrom(from, name));
  return new Set(files.filter((file) => file !== undefined));
}

/** What `require` has loaded so far of copies of a package, wherever they lie. */
function loadedCopies(name: ClientPackage): readonly unknown[] {
  const entry = new RegExp(`[\\\\/]node_modules[\\\\/]${name.replace("/", "[\\\\/]")}[\\\\/]index\\.c?js$`);
  const { cache } = createRequire(join(process.cwd(), "package.json"));
  return Object.entries(cache).flatMap(([file, module]) => (entry.test(file) ? [module?.exports] : []));
}

/**
 * The copies of a package that an application in CommonJS uses: those already loaded, and those it will load. Loading
 * them happens once for all, so an application that requires them later gets the same.
 */
export function commonJsCopies(name: ClientPackage): readonly unknown[] {
  // Set by Node when the first script of the process is CommonJS.
  const isCommonJs = createRequire(join(process.cwd(), "package.json")).main !== undefined;
  if (isCommonJs) for (const from of origins(name)) load(name, from);
  return loadedCopies(name);
}

function load(name: ClientPackage, from: string): void {
  try {
    if (name === "openai") createRequire(from)("openai");
    else createRequire(from)("@anthropic-ai/sdk");
  } catch {
    // Not installed there; a copy that cannot be loaded is not used either.
  }
}

/** The ES modules of the copies of a package that the application can import. */
export async function moduleCopies(name: ClientPackage): Promise<readonly unknown[]> {
  const files = Array.from(installedFiles(name), (file) => {
    // Both packages lay their two builds side by side.
    const module = file.replace(/\.c?js$/, ".mjs");
    return existsSync(module) ? module : file;
  });
  const found = await Promise.allSettled(files.map((file): Promise<unknown> => import(pathToFileURL(file).href)));
  return found.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
