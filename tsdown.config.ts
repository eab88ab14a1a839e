import { defineConfig, type UserConfig } from "tsdown";
import { thirdPartyLicenses } from "./scripts/thirdPartyLicenses";

/** The only packages whose code may end up inside `lib/`; the build fails on any other. */
const BUNDLED = [
  "@grafana/lezer-logql",
  "@hono/node-server",
  "@lezer/common",
  "@lezer/lr",
  "commander",
  "fastest-levenshtein",
  "hono",
  "long",
  "picocolors",
  "protobufjs",
  "valibot",
];

/** Sub-path exports, each of the folder of its name. */
const integrations = Object.fromEntries(
  [
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
  ].map((name) => [name, `src/integrations/${name}/index.ts`]),
);

const licenses = thirdPartyLicenses({ file: "THIRD_PARTY_LICENSES.txt" });

const shared: UserConfig = {
  outDir: "lib",
  platform: "node",
  target: "node20.12",
  tsconfig: "tsconfig.lib.json",
  fixedExtension: true,
  sourcemap: false,
  hash: false,
  deps: { onlyBundle: BUNDLED },
  plugins: [licenses],
  checks: { legacyCjs: false, pluginTimings: false },
  failOnWarn: true,
};

export default defineConfig([
  {
    ...shared,
    name: "library",
    entry: { index: "src/sdk/index.ts", core: "src/core/index.ts", ...integrations },
    format: ["esm", "cjs"],
    dts: true,
    // A name of their own: a chunk that is called like an entry would take its place.
    outputOptions: (options, format) => ({
      ...options,
      chunkFileNames: `shared-[name].${format === "cjs" ? "cjs" : "mjs"}`,
    }),
  },
  {
    ...shared,
    name: "cli",
    entry: { cli: "src/cli/bin.ts" },
    format: "esm",
    dts: false,
    // White space alone: names stay for those who read a stack.
    minify: { compress: false, mangle: false },
    outputOptions: { chunkFileNames: "cli-[name].mjs" },
  },
]);
