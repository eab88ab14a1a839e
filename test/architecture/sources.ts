import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { SourceText } from "./check";

const ROOT = join(import.meta.dirname, "../..");

/** All TypeScript files below `src/`. */
export function sources(): SourceText[] {
  return readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `src/${name.split(sep).join("/")}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}
