import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SDK_NAME, SDK_VERSION } from "../../src/sdk/version";
import { pack, ROOT, readObject, temporaryFolder } from "./packed";

/** Names of the files in a tarball: each has a header of 512 bytes with its name, and its size in octal at 124. */
function entries(tarball: string): string[] {
  const bytes = gunzipSync(readFileSync(tarball));
  const names: string[] = [];
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(bytes.toString("latin1", at + 124, at + 135), 8);
    names.push(bytes.toString("utf8", at, bytes.indexOf(0, at)).replace(/^package\//, ""));
    at += 512 * (1 + Math.ceil(size / 512));
  }
  return names;
}

describe("the packed package", () => {
  const folder = temporaryFolder();
  let tarball = "";
  let files: string[] = [];
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    tarball = await pack(folder);
    files = entries(tarball);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the build, the schemas, the thresholds and the four documents, and nothing else", () => {
    const others = files.filter((name) => !/^(lib|schema)\//.test(name));
    expect(others.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "detectors.yml", "package.json"]);
    const build = files.filter((name) => name.startsWith("lib/") && !name.startsWith("lib/viewer/"));
    expect(build.filter((name) => !/\.(mjs|cjs|d\.mts|d\.cts)$/.test(name))).toEqual(["lib/THIRD_PARTY_LICENSES.txt"]);
    expect(files.filter((name) => name.startsWith("schema/")).sort()).toEqual([
      "schema/collector.schema.json",
      "schema/dunetrace-line.schema.json",
      "schema/openapi.yaml",
    ]);
    const page = files.filter((name) => name.startsWith("lib/viewer/"));
    expect(page).toEqual(expect.arrayContaining(["lib/viewer/index.html", "lib/viewer/THIRD_PARTY_LICENSES.txt"]));
    expect(page.filter((name) => !/\.(html|js|css|svg|ttf|woff2|txt)$/.test(name))).toEqual([]);
    for (const name of [
      "index",
      "core",
      "ai-sdk",
      "anthropic",
      "auto",
      "express",
      "fastify",
      "fetch-handler",
      "http",
      "langchain",
      "node-http",
      "openai",
      "otel",
      "pino",
    ]) {
      expect(files).toEqual(
        expect.arrayContaining(["mjs", "cjs", "d.mts", "d.cts"].map((end) => `lib/${name}.${end}`)),
      );
    }
  });

  it("has every file that package.json names", () => {
    const manifest = readObject(join(ROOT, "package.json"));
    const named: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value === "string") named.push(value.replace(/^\.\//, ""));
      else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
    };
    for (const key of ["main", "types", "bin", "exports", "sideEffects"]) collect(manifest[key]);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !name.includes("*") && !files.includes(name))).toEqual([]);
  });

  it("is small to download, the local page included", () => {
    expect(statSync(tarball).size).toBeLessThan(2_500_000);
  });

  it("brings the licence of every package whose code it holds", () => {
    const licences = readFileSync(join(ROOT, "lib/THIRD_PARTY_LICENSES.txt"), "utf8");
    for (const name of ["commander", "fastest-levenshtein", "picocolors"]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\w+\\)$`, "m"));
    }
  });
});

describe("package.json", () => {
  const manifest = readObject(join(ROOT, "package.json"));

  it("has no type field, so that the plugin's build tools take .js files for CommonJS", () => {
    expect(manifest).not.toHaveProperty("type");
  });

  it("agrees with the name and version that lines carry", () => {
    expect([manifest.name, manifest.version]).toEqual([SDK_NAME, SDK_VERSION]);
  });

  it("names exact versions", () => {
    const versions = ["dependencies", "devDependencies"].flatMap((key) => Object.values(manifest[key] ?? {}));
    expect(versions.length).toBeGreaterThan(10);
    expect(versions.filter((version) => !/^(npm:.+@)?\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });
});
