import { strFromU8, strToU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { APP_ID, archiveOf, archiveProblems, moduleSizes, PLUGINS } from "../../scripts/pluginArchive.mjs";

const VERSION = "1.2.3";
const LONG = "x".repeat(200);

function plugin(id: string, includes: readonly unknown[] = []): string {
  return JSON.stringify({
    id,
    info: { version: VERSION, updated: "2026-11-21", logos: { small: "img/logo.svg", large: "img/logo.svg" } },
    dependencies: { grafanaDependency: ">=12.3.0" },
    buildMode: "production",
    includes,
  });
}

/** `dist/` as a good build leaves it. */
function dist(): Record<string, string> {
  const files: Record<string, string> = { "README.md": LONG, "CHANGELOG.md": LONG, LICENSE: LONG };
  const includes = [
    { type: "page", path: "/a/x" },
    { type: "dashboard", path: "dashboards/a.json" },
    ...PLUGINS.slice(1).map(({ folder }) => ({ type: "panel", path: `${folder}plugin.json` })),
  ];
  for (const { id, folder } of PLUGINS) {
    files[`${folder}plugin.json`] = plugin(id, folder === "" ? includes : []);
    files[`${folder}module.js`] = "/* [create-plugin] version: 7 */ define([])";
    files[`${folder}module.js.map`] = "{}";
    files[`${folder}img/logo.svg`] = "<svg/>";
  }
  return { ...files, "dashboards/a.json": "{}", "locales/en-US/dunetrace-agents-app.json": "{}" };
}

function problems(changes: Record<string, string | undefined>): string[] {
  const files = Object.entries({ ...dist(), ...changes }).flatMap(([name, content]) =>
    content === undefined ? [] : [[name, strToU8(content)] as const],
  );
  return archiveProblems(unzipSync(archiveOf(Object.fromEntries(files))), VERSION);
}

describe("the check of the archive", () => {
  it("accepts what a good build leaves", () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    [{ "panels/timeline/module.js": undefined }, "dunetrace-agents-app/panels/timeline/module.js is missing"],
    [{ "module.js.map": undefined }, "dunetrace-agents-app/module.js.map is missing"],
    [{ "CHANGELOG.md": undefined }, "CHANGELOG.md is missing"],
    [{ "datasource/img/logo.svg": undefined }, "the image img/logo.svg is missing"],
    [{ "datasource/plugin.json": plugin("other") }, "its id is other"],
    [{ "datasource/plugin.json": plugin("x").replace("12.3", "12.4") }, "it depends on another Grafana than the app"],
    [{ "datasource/plugin.json": plugin("x").replace(VERSION, "%VERSION%") }, "a placeholder was left"],
    [{ "dashboards/a.json": undefined }, "dashboards/a.json is included but missing"],
    [{ "core/prices.json": "{}" }, "core/prices.json is no JSON of ours"],
    [
      { "1.js": "React.createElement('a')", "1.js.map": "" },
      "calls React.createElement of a React that nobody imported",
    ],
    [{ "1.js": "", "1.js.map": undefined }, "1.js has no source map"],
    [{ "1.js": "eval('1')", "1.js.map": "" }, "makes code of text"],
    [{ "img/logo.svg": "<svg onload='x'/>" }, "img/logo.svg holds a script"],
  ])("refuses %j", (changes, problem) => {
    expect(problems(changes).join("\n")).toContain(problem);
  });

  it("counts what Grafana sends of a module", () => {
    const noise = Array.from({ length: 40_000 }, (_, index) => Math.imul(index, 2654435761).toString(36)).join("");
    const module = `/* [create-plugin] version: 7 */ ${noise}`;
    expect(problems({ "module.js": module }).join("\n")).toMatch(
      /the module of dunetrace-agents-app has \d+ bytes gzip/,
    );
  });

  it("makes the same bytes of the same files", () => {
    const files = { "a.js": strToU8("1") };
    expect(archiveOf(files)).toEqual(archiveOf(files));
    const [[name, content] = ["", strToU8("")]] = Object.entries(unzipSync(archiveOf(files)));
    expect([name, strFromU8(content)]).toEqual([`${APP_ID}/a.js`, "1"]);
    expect(moduleSizes({}).every(({ bytes }) => bytes === undefined)).toBe(true);
  });
});
