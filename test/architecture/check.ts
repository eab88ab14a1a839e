import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { type FolderRule, IMPORT_TABLE, TEST_PACKAGES } from "./importTable";
import { type Found, scan } from "./scan";

export interface SourceText {
  /** From the root of the repository, with slashes: `src/core/wire/line.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Whether a file is part of the tests: `x.test.ts`, `testLines.ts`, and everything in a folder `test` or `testing`. */
export const isTestFile = (path: string): boolean =>
  /\.test(\.[cm]?[jt]sx?)?$/.test(path) || /(^|\/)(test[A-Z][^/]*$|test\/|testing\/)/.test(path);

/** The row of the import table that a path below `src/` belongs to. */
export function folderOf(path: string): string {
  const [, folder, ...rest] = path.split("/");
  return folder === undefined || (rest.length === 0 && folder.includes(".")) ? "app" : folder;
}

/** The name of the package in an import: `@scope/name` or `name`. */
function packageName(specifier: string): string {
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

function outsideProblem(specifier: string, rule: FolderRule, test: boolean): string | undefined {
  if (isBuiltin(specifier)) return rule.node || test ? undefined : `imports the Node module ${specifier}`;
  const name = packageName(specifier);
  if (rule.packages.includes(name) || (test && TEST_PACKAGES.includes(name))) return undefined;
  return `imports the package ${name}, which is not in its row`;
}

function oursProblem(
  target: string,
  folder: string,
  found: Found,
  rule: FolderRule,
  test: boolean,
): string | undefined {
  if (!target.startsWith("src/")) {
    return test && target.startsWith("test/") ? undefined : `imports ${target}, which is outside src/`;
  }
  if (!test && isTestFile(target)) return `imports ${target}, which is part of the tests`;
  const other = folderOf(target);
  if (other === folder) return undefined;
  const allowed = rule.ours.find((row) => row.folder === other);
  if (allowed === undefined) return `imports ${target}: ${folder} may not import ${other}`;
  if (found.kind === "type" || allowed.typesOnly !== true) return undefined;
  if (allowed.values?.test(target.slice("src/".length))) return undefined;
  return `imports values of ${target}: ${folder} may import only types of it`;
}

/** Files that import what the application has installed, from where it is: no name could stand there. */
const COMPUTED_IMPORTS: ReadonlySet<string> = new Set(["src/integrations/auto/copies.ts"]);

function problem(path: string, found: Found, rule: FolderRule): string | undefined {
  const test = isTestFile(path);
  if (found.kind === "impure") {
    return rule.pure && !test ? `uses ${found.name}: clocks and random numbers are given by the caller` : undefined;
  }
  if (found.name === undefined) {
    return COMPUTED_IMPORTS.has(path) ? undefined : "imports a module whose name is computed";
  }
  if (!found.name.startsWith(".")) return outsideProblem(found.name, rule, test);
  return oursProblem(posix.join(posix.dirname(path), found.name), folderOf(path), found, rule, test);
}

/** Everything in the given files that breaks the import table, as `path:line what`. */
export function importProblems(files: readonly SourceText[]): string[] {
  return files.flatMap(({ path, text }) => {
    const rule = IMPORT_TABLE[folderOf(path)];
    if (rule === undefined) return [`${path}:1 lies in a folder that has no row in the import table`];
    return scan(path, text).flatMap((found) => {
      const what = problem(path, found, rule);
      return what === undefined ? [] : [`${path}:${found.line} ${what}`];
    });
  });
}

/** The imports between folders that the product code really has: folder → folders. */
export function folderGraph(files: readonly SourceText[]): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    if (isTestFile(path)) continue;
    const from = folderOf(path);
    const targets = graph.get(from) ?? new Set<string>();
    graph.set(from, targets);
    for (const { name, kind } of scan(path, text)) {
      if (kind === "impure" || name === undefined || !name.startsWith(".")) continue;
      const target = posix.join(posix.dirname(path), name);
      if (target.startsWith("src/") && folderOf(target) !== from) targets.add(folderOf(target));
    }
  }
  return graph;
}

/** One cycle of a graph as the list of its nodes, the first repeated at the end; undefined when there is none. */
export function cycleIn(graph: ReadonlyMap<string, Iterable<string>>): string[] | undefined {
  const done = new Set<string>();
  const walk = (node: string, trail: readonly string[]): string[] | undefined => {
    const at = trail.indexOf(node);
    if (at >= 0) return [...trail.slice(at), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = walk(next, [...trail, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = walk(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
