// @ts-check
// Builds the Grafana app with its datasource and panels into `dist/`, with create-plugin's webpack configuration and what
// webpack.config.ts adds to it. `--if-stale` leaves a build alone that is newer than its sources.
import { createRequire } from "node:module";
import { register } from "tsx/cjs/api";
import webpack from "webpack";
import { isStale } from "./library.mjs";
import { ROOT } from "./processes.mjs";

/** What the plugin is built from, and the last file that webpack writes. */
const SOURCES = ["src", ".config", "webpack.config.ts", "package.json", "package-lock.json"].map((name) => ROOT + name);
const OUTPUTS = [`${ROOT}dist/module.js`];

function build() {
  const started = performance.now();
  // create-plugin leaves it to ts-node to read its configuration, which TypeScript 6 is too new for.
  const unregister = register();
  const { default: configure } = createRequire(import.meta.url)("../webpack.config.ts");
  unregister();
  return configure({ production: true }).then((/** @type {import("webpack").Configuration} */ configuration) => {
    const compiler = webpack(configuration);
    compiler.run((error, stats) => {
      if (error !== null || stats === undefined || stats.hasErrors() || stats.hasWarnings()) {
        console.error(error ?? stats?.toString({ preset: "errors-warnings", colors: false }));
        process.exitCode = 1;
      } else {
        console.log(`Built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      }
      compiler.close(() => undefined);
    });
  });
}

if (!process.argv.includes("--if-stale") || isStale(SOURCES, OUTPUTS)) await build();
