import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, readObject } from "./packed";

type Entries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The packages of the lockfile by their folder; "" is the project itself. */
function lockedPackages(): Entries {
  const { packages } = readObject(join(ROOT, "package-lock.json"));
  if (!isObject(packages)) throw new Error("package-lock.json has no packages");
  return Object.fromEntries(Object.entries(packages).map(([folder, entry]) => [folder, isObject(entry) ? entry : {}]));
}

/** The folders in which Node looks for a package from inside another one, nearest first. */
function candidates(folder: string, name: string): string[] {
  const outer = folder.lastIndexOf("/node_modules/");
  const here = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
  if (folder === "") return [here];
  return [here, ...candidates(outer < 0 ? "" : folder.slice(0, outer), name)];
}

describe("package-lock.json", () => {
  const packages = lockedPackages();

  it("locks optional packages of every platform, without which `npm ci` fails", () => {
    // npm leaves out those that the registry could not show when the file was written.
    const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies }]) =>
      Object.keys(isObject(optionalDependencies) ? optionalDependencies : {})
        .filter((name) => !candidates(folder, name).some((place) => place in packages))
        .map((name) => `${folder} needs ${name}: choose a version whose packages are all in the registry`),
    );
    expect(missing).toEqual([]);
  });

  it("pins every package by its content and names no registry", () => {
    const entries = Object.entries(packages).filter(([folder]) => folder !== "");
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, { integrity }]) => typeof integrity !== "string").map(([folder]) => folder)).toEqual([]);
    expect(entries.filter(([, entry]) => "resolved" in entry).map(([folder]) => folder)).toEqual([]);
  });

  it("needs no install script: these look for their binary, which their optional packages bring", () => {
    const known = ["@swc/core", "esbuild", "fsevents"];
    const scripts = Object.entries(packages).filter(([, entry]) => entry.hasInstallScript === true);
    const names = scripts.map(([folder]) => folder.slice(folder.lastIndexOf("node_modules/") + 13));
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    expect(scripts.filter(([, { dev, optional }]) => dev !== true && optional !== true)).toEqual([]);
  });
});
