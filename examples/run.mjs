// @ts-check
// `node examples/run.mjs NAME`: makes JavaScript of an example's TypeScript and starts it. Its stdout is the example's.
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "tsdown";

const EXAMPLES = import.meta.dirname;
const ROOT = path.dirname(EXAMPLES);

const names = readdirSync(EXAMPLES).filter((name) => existsSync(path.join(EXAMPLES, name, "main.ts")));
const [name = ""] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`Which example? node examples/run.mjs ${names.join("|")}`);
  process.exit(2);
}
if (!existsSync(path.join(ROOT, "lib/index.mjs"))) {
  console.error("lib/ is missing: run `npm run build` first");
  process.exit(2);
}
// Inside the repository, so that `dunetrace-grafana` is found: a package may import itself by name.
const outDir = path.join(ROOT, ".cache/examples", name);
await build({
  config: false,
  tsconfig: false,
  entry: { main: path.join(EXAMPLES, name, "main.ts") },
  outDir,
  format: "esm",
  platform: "node",
  fixedExtension: true,
  dts: false,
  logLevel: "error",
  deps: { neverBundle: [/^[^./]/] },
});
// What an example reads beside its code, such as a policies.json.
for (const file of readdirSync(path.join(EXAMPLES, name)).filter((file) => /\.(json|yml)$/.test(file))) {
  copyFileSync(path.join(EXAMPLES, name, file), path.join(outDir, file));
}
await import(pathToFileURL(path.join(outDir, "main.mjs")).href);
