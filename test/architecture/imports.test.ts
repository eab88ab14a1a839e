import { describe, expect, it } from "vitest";
import { cycleIn, folderGraph, importProblems, isTestFile } from "./check";
import { IMPORT_TABLE } from "./importTable";
import { scan } from "./scan";
import { sources } from "./sources";

/** What the checker says about one file with this text. */
const problems = (path: string, text: string): string[] => importProblems([{ path, text }]);

describe("the folders of src/", () => {
  const files = sources();

  it("are read", () => {
    expect(files.map(({ path }) => path)).toContain("src/core/wire/line.ts");
  });

  it("keep to the import table", () => {
    expect(importProblems(files)).toEqual([]);
  });

  it("import each other without a cycle", () => {
    expect(cycleIn(folderGraph(files))).toBeUndefined();
    const table = Object.entries(IMPORT_TABLE).map(
      ([from, { ours }]) => [from, ours.map((row) => row.folder)] as const,
    );
    expect(cycleIn(new Map(table))).toBeUndefined();
  });
});

describe("the check of imports", () => {
  it.each([
    ["a static import", 'import { x } from "../sdk/client";'],
    ["a type import", 'import type { X } from "../sdk/client";'],
    ["a re-export", 'export * from "../sdk/client";'],
    ["a type in an expression", 'let x: import("../sdk/client").X;'],
    ["a dynamic import", 'const x = await import("../sdk/client");'],
    ["a dynamic import by template", "const x = await import(`../sdk/client`);"],
    ["a require", 'const x = require("../sdk/client");'],
    ["a resolved path", 'const x = require.resolve("../sdk/client");'],
    ["an import assignment", 'import x = require("../sdk/client");'],
    ["an import for its effects", 'import "../sdk/client";'],
  ])("finds %s against the table", (_name, text) => {
    expect(problems("src/core/a.ts", `\n${text}\n`)).toEqual([
      "src/core/a.ts:2 imports src/sdk/client: core may not import sdk",
    ]);
  });

  it("follows functions made by createRequire", () => {
    const text = 'const load = createRequire(import.meta.url);\nload("left-pad");\ncreateRequire("/")("right-pad");';
    expect(problems("src/sdk/a.ts", text)).toEqual([
      "src/sdk/a.ts:2 imports the package left-pad, which is not in its row",
      "src/sdk/a.ts:3 imports the package right-pad, which is not in its row",
    ]);
  });

  it.each([
    ["core", "node:fs", "imports the Node module node:fs"],
    ["core", "crypto", "imports the Node module crypto"],
    ["core", "react", "imports the package react, which is not in its row"],
    ["core", "@grafana/data", "imports the package @grafana/data, which is not in its row"],
    ["core", "@pydantic/genai-prices", "imports the package @pydantic/genai-prices, which is not in its row"],
    ["core", "yaml/util", "imports the package yaml, which is not in its row"],
    ["logql", "node:http", "imports the Node module node:http"],
    ["logql", "@grafana/runtime", "imports the package @grafana/runtime, which is not in its row"],
    ["components", "@grafana/runtime", "imports the package @grafana/runtime, which is not in its row"],
    ["panels", "node:path", "imports the Node module node:path"],
    ["sdk", "commander", "imports the package commander, which is not in its row"],
  ])("finds that %s imports %s", (folder, specifier, what) => {
    expect(problems(`src/${folder}/a.ts`, `import type { X } from "${specifier}";`)).toEqual([
      `src/${folder}/a.ts:1 ${what}`,
    ]);
  });

  it("finds every direction that the table does not have", () => {
    const folders = Object.keys(IMPORT_TABLE);
    for (const from of folders) {
      for (const to of folders) {
        if (from === to) continue;
        const found = problems(`src/${from}/a.ts`, `import type { X } from "../${to}/b";`);
        const allowed = IMPORT_TABLE[from]?.ours.some((row) => row.folder === to);
        expect(found, `${from} → ${to}`).toHaveLength(allowed ? 0 : 1);
      }
    }
    expect(problems("src/cli/a.ts", 'import "../components/b";')).toHaveLength(1);
    expect(problems("src/panels/timeline/a.ts", 'import "../../logql/b";')).toHaveLength(1);
  });

  it("lets only types and builders through where the table says so", () => {
    const client = 'from "../logql/client";';
    expect(problems("src/components/a.ts", `import type { Client } ${client}`)).toEqual([]);
    expect(problems("src/components/a.ts", `import { type Client } ${client}`)).toEqual([]);
    expect(problems("src/components/a.ts", `export { type Client } ${client}`)).toEqual([]);
    expect(problems("src/components/a.ts", 'import { runs } from "../logql/builders/runs";')).toEqual([]);
    for (const clause of ["import { Client, type Other }", "import Client", "import * as all", "export *"]) {
      expect(problems("src/components/a.ts", `${clause} ${client}`), clause).toEqual([
        "src/components/a.ts:1 imports values of src/logql/client: components may import only types of it",
      ]);
    }
    expect(problems("src/app/a.ts", 'import { Query } from "../datasource/query";')).toHaveLength(1);
  });

  it("finds product code that imports a file of the tests", () => {
    for (const target of ["./line.test", "./testLines", "./testing/lines", "../../../test/fixtures/lines"]) {
      expect(problems("src/core/wire/a.ts", `import { x } from "${target}";`), target).toHaveLength(1);
      expect(problems("src/core/wire/a.test.ts", `import { x } from "${target}";`), target).toEqual([]);
    }
  });

  it("finds files outside src/, computed names and folders without a row", () => {
    expect(problems("src/cli/a.ts", 'import manifest from "../../package.json";')).toEqual([
      "src/cli/a.ts:1 imports package.json, which is outside src/",
    ]);
    expect(problems("src/cli/a.ts", "await import(name);")).toEqual([
      "src/cli/a.ts:1 imports a module whose name is computed",
    ]);
    expect(problems("src/helpers/a.ts", "export const x = 1;")).toEqual([
      "src/helpers/a.ts:1 lies in a folder that has no row in the import table",
    ]);
  });

  it("finds reference directives", () => {
    expect(problems("src/core/a.ts", '/// <reference types="node" />\n')).toEqual([
      "src/core/a.ts:1 imports the package node, which is not in its row",
    ]);
  });

  it("finds clocks and random numbers in core, and there only", () => {
    const text = "Date.now();\nMath.random();\nnew Date();\nDate();\nnew Date(5);\nconst now = Date.now;";
    expect(problems("src/core/a.ts", text).map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "src/core/a.ts:1 uses Date.now:",
      "src/core/a.ts:2 uses Math.random:",
      "src/core/a.ts:3 uses new",
      "src/core/a.ts:4 uses Date():",
      "src/core/a.ts:6 uses Date.now:",
    ]);
    expect(problems("src/core/a.test.ts", text)).toEqual([]);
    expect(problems("src/sdk/a.ts", text)).toEqual([]);
  });

  it("is not misled by comments and strings", () => {
    const text = `// import "node:fs"\nconst text = 'import "node:fs"'; /* require("react") */`;
    expect(scan("src/core/a.ts", text)).toEqual([]);
  });

  it("takes files directly in src/ for the app", () => {
    expect(problems("src/module.tsx", 'import { App } from "./app/App";')).toEqual([]);
    expect(problems("src/module.tsx", 'import { run } from "./sdk/client";')).toHaveLength(1);
  });
});

describe("the search for cycles", () => {
  it("finds a cycle over several folders", () => {
    const graph = folderGraph([
      { path: "src/core/a.ts", text: 'import type { B } from "../sdk/b";' },
      { path: "src/sdk/b.ts", text: 'export * from "../cli/c";' },
      { path: "src/cli/c.ts", text: 'await import("../core/a");' },
    ]);
    expect(cycleIn(graph)).toEqual(["core", "sdk", "cli", "core"]);
  });

  it("finds none where two ways lead to one folder, and leaves tests out", () => {
    const graph = folderGraph([
      { path: "src/cli/a.ts", text: 'import "../core/x"; import "../sdk/y";' },
      { path: "src/sdk/y.ts", text: 'import "../core/x";' },
      { path: "src/core/x.test.ts", text: 'import "../cli/a";' },
    ]);
    expect(cycleIn(graph)).toBeUndefined();
  });
});

describe("isTestFile", () => {
  it("knows files of the tests by name and folder", () => {
    expect(
      ["src/a.test.ts", "src/a.test.tsx", "src/core/testing/a.ts", "src/core/testFacts.ts", "test/a.ts"].every(
        isTestFile,
      ),
    ).toBe(true);
    expect(["src/core/a.ts", "src/core/latest/a.ts", "src/sdk/contest.ts", "src/core/tests.ts"].some(isTestFile)).toBe(
      false,
    );
  });
});
