// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";

/** @typedef {Readonly<Record<string, Uint8Array>>} Files contents by path, with slashes */

export const APP_ID = "dunetrace-agents-app";

/**
 * The four plugins: where each lies below the folder of the app, and how large its module may be before lazy parts, gzip
 * bytes. What Grafana loads at every start and with every dashboard has to be small.
 */
export const PLUGINS = /** @type {const} */ ([
  { id: APP_ID, folder: "", budget: 60_000 },
  { id: "dunetrace-agents-datasource", folder: "datasource/", budget: 120_000 },
  { id: "dunetrace-timeline-panel", folder: "panels/timeline/", budget: 120_000 },
  { id: "dunetrace-signals-panel", folder: "panels/signals/", budget: 120_000 },
]);

/** Builds of the same sources are the same bytes: zip has no earlier time. */
const MTIME = new Date(1980, 0, 1);

/**
 * All files below a folder.
 *
 * @param {string} folder
 * @returns {Files}
 */
export function readFolder(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  return Object.fromEntries(
    names.map((name) => [name.split(path.sep).join("/"), readFileSync(path.join(folder, name))]),
  );
}

/**
 * The archive that Grafana unpacks into its folder of plugins: one folder, named by the app.
 *
 * @param {Files} files of `dist/`
 */
export function archiveOf(files) {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${APP_ID}/${name}`, bytes])), {
    level: 9,
    mtime: MTIME,
  });
}

/**
 * Size of each module as Grafana sends it.
 *
 * @param {Files} files of the archive
 */
export function moduleSizes(files) {
  return PLUGINS.map(({ id, folder, budget }) => {
    const module = files[`${APP_ID}/${folder}module.js`];
    return { id, budget, bytes: module === undefined ? undefined : gzipSync(module).length };
  });
}

const text = (/** @type {Uint8Array | undefined} */ bytes) => new TextDecoder().decode(bytes);

/**
 * What of an archive Grafana, its validator or our own bars would refuse.
 *
 * @param {Files} files of the archive
 * @param {string} version of package.json
 * @returns {string[]} nothing when all is well
 */
export function archiveProblems(files, version) {
  const names = Object.keys(files);
  const outside = names
    .filter((name) => !name.startsWith(`${APP_ID}/`))
    .map((name) => `${name} lies outside ${APP_ID}/`);
  const absent = ["README.md", "CHANGELOG.md", "LICENSE"].flatMap((name) =>
    (files[`${APP_ID}/${name}`]?.length ?? 0) > 100 ? [] : [`${name} is missing`],
  );
  return [
    ...outside,
    ...absent,
    ...PLUGINS.flatMap(({ id, folder }) => pluginProblems(files, id, folder, version)),
    ...includeProblems(files),
    ...names.flatMap((name) => codeProblems(name, files)),
    ...moduleSizes(files).flatMap(({ id, budget, bytes = 0 }) =>
      bytes <= budget ? [] : [`the module of ${id} has ${bytes} bytes gzip, more than ${budget}`],
    ),
  ];
}

/**
 * @param {Files} files
 * @param {string} id
 * @param {string} folder
 * @param {string} version
 */
function pluginProblems(files, id, folder, version) {
  const at = `${APP_ID}/${folder}`;
  const missing = ["plugin.json", "module.js", "module.js.map"].filter((name) => files[at + name] === undefined);
  if (missing.length > 0) return missing.map((name) => `${at}${name} is missing`);
  const source = text(files[`${at}plugin.json`]);
  const plugin = JSON.parse(source);
  const app = JSON.parse(text(files[`${APP_ID}/plugin.json`]));
  const images = [
    ...Object.values(plugin.info.logos),
    ...(plugin.info.screenshots ?? []).map((/** @type {any} */ one) => one.path),
  ];
  const wrong = [
    [plugin.id === id, `its id is ${plugin.id}`],
    [plugin.info.version === version, `its version is ${plugin.info.version}, not ${version}`],
    [/^\d{4}-\d\d-\d\d$/.test(plugin.info.updated), `it was updated at ${plugin.info.updated}`],
    [plugin.buildMode === "production", `its build mode is ${plugin.buildMode}`],
    [
      plugin.dependencies.grafanaDependency === app.dependencies.grafanaDependency,
      "it depends on another Grafana than the app",
    ],
    [!/%[A-Z_]+%/.test(source), "a placeholder was left"],
    [text(files[`${at}module.js`]).startsWith("/* [create-plugin] version: "), "its module has no banner"],
    ...images.map((image) => [files[at + image] !== undefined, `the image ${image} is missing`]),
  ];
  return wrong.flatMap(([isFine, what]) => (isFine ? [] : [`${at}plugin.json: ${what}`]));
}

/** @param {Files} files */
function includeProblems(files) {
  /** @type {{ type: string, path: string }[]} */
  const includes = JSON.parse(text(files[`${APP_ID}/plugin.json`]) || "{}").includes ?? [];
  const paths = includes.filter(({ type }) => type !== "page").map((one) => one.path);
  const known = new Set(["plugin.json", ...PLUGINS.map(({ folder }) => `${folder}plugin.json`), ...paths]);
  const undeclared = PLUGINS.slice(1).filter(({ folder }) => !paths.includes(`${folder}plugin.json`));
  const foreign = Object.keys(files)
    .map((name) => name.slice(APP_ID.length + 1))
    .filter(
      (name) =>
        name.endsWith(".json") && !known.has(name) && !/^locales\/[\w-]+\/dunetrace-agents-app\.json$/.test(name),
    );
  return [
    ...paths
      .filter((name) => files[`${APP_ID}/${name}`] === undefined)
      .map((name) => `${name} is included but missing`),
    ...undeclared.map(({ id }) => `${id} is not included by the app`),
    ...foreign.map((name) => `${name} is no JSON of ours`),
  ];
}

/**
 * @param {string} name
 * @param {Files} files
 */
function codeProblems(name, files) {
  if (name.endsWith(".svg")) {
    return /<script|\son\w+=|javascript:/i.test(text(files[name])) ? [`${name} holds a script`] : [];
  }
  if (!name.endsWith(".js")) return [];
  const code = text(files[name]);
  const problems = [
    [files[`${name}.map`] !== undefined, "has no source map"],
    // A component compiled for a global React, which Grafana does not have.
    [!/(?<![.\w$])React\.createElement\b/.test(code), "calls React.createElement of a React that nobody imported"],
    [!/\beval\(|new Function\(/.test(code), "makes code of text"],
  ];
  return problems.flatMap(([isFine, what]) => (isFine ? [] : [`${name} ${what}`]));
}
