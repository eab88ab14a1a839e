import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Rolldown } from "tsdown";

/** The licence of this package, word for word that of all under Apache-2.0. */
const APACHE_2 = fileURLToPath(new URL("../LICENSE", import.meta.url));

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** The folder of the package that a bundled module lies in; undefined for our own modules and virtual ones. */
export function packageFolder(moduleId: string): string | undefined {
  const parts = moduleId.split(/[\\/]/);
  const at = parts.lastIndexOf("node_modules");
  const first = parts[at + 1];
  if (at < 0 || first === undefined) return undefined;
  return parts.slice(0, at + (first.startsWith("@") ? 3 : 2)).join("/");
}

function text(manifest: object, key: string): string {
  const value: unknown = Reflect.get(manifest, key);
  return typeof value === "string" ? value : "";
}

/** The licence as some packages give it: the last section of their README. */
function licenseSection(folder: string): string | undefined {
  const readme = readdirSync(folder).find((name) => /^readme\.(md|markdown)$/i.test(name));
  if (readme === undefined) return undefined;
  const section = /^#+ *licen[cs]e *$(.*)/ims.exec(readFileSync(path.join(folder, readme), "utf8"))?.[1]?.trim();
  return section !== undefined && /copyright/i.test(section) && /permi(t|ssion)/i.test(section) ? section : undefined;
}

/**
 * Name, version and licence text of an installed package. One under Apache-2.0 that brings no file of its own is given
 * the text of that licence, which is ours too, and its author.
 *
 * @throws Error when the package comes without the text of its licence: its code may then not be shipped
 */
export function readPackage(folder: string): Package {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null) throw new Error(`${folder}/package.json holds no object`);
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const license = text(manifest, "license");
  const own = file === undefined ? licenseSection(folder) : readFileSync(path.join(folder, file), "utf8").trim();
  if (own === undefined && license !== "Apache-2.0") {
    throw new Error(`${folder} has no licence file: make this package a dependency instead of bundling it`);
  }
  const author = text(manifest, "author");
  const common = readFileSync(APACHE_2, "utf8").trim();
  return {
    name: text(manifest, "name"),
    version: text(manifest, "version"),
    license,
    text: own ?? (author === "" ? common : `By ${author}\n\n${common}`),
  };
}

/** The text of the licence file: one section per package, by name. */
export function licenseFile(packages: readonly Package[]): string {
  const sections = [...packages]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, text: body }) => `${name} ${version} (${license})\n\n${body}\n`);
  return ["The files in this folder contain code of these packages.\n", ...sections].join(`\n${"-".repeat(80)}\n\n`);
}

/**
 * Writes the licences of all packages whose code was bundled into the output folder. One instance serves every build
 * into the same folder and collects over all of them: whichever build writes last writes the whole list.
 */
export function thirdPartyLicenses(options: { file: string }): Rolldown.Plugin {
  const packages = new Map<string, Package>();
  return {
    name: "third-party-licenses",
    generateBundle(_output, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const [id, module] of Object.entries(chunk.modules)) {
          const folder = module.renderedLength > 0 ? packageFolder(id) : undefined;
          if (folder !== undefined && !packages.has(folder)) packages.set(folder, readPackage(folder));
        }
      }
    },
    writeBundle({ dir }) {
      if (dir === undefined || packages.size === 0) return;
      mkdirSync(dir, { recursive: true });
      writeFileSync(path.join(dir, options.file), licenseFile([...packages.values()]));
    },
  };
}
