/** A folder of ours that another one may import. */
export interface Allowed {
  readonly folder: string;
  /** Only types may be imported, apart from values of modules whose path below `src/` matches `values`. */
  readonly typesOnly?: boolean;
  readonly values?: RegExp;
}

/** What the product code of one folder below `src/` may import. */
export interface FolderRule {
  readonly ours: readonly Allowed[];
  /** Names of packages. */
  readonly packages: readonly string[];
  readonly node: boolean;
  /** No clock and no random numbers: both are given by the caller. */
  readonly pure?: boolean;
}

const all = (...folders: readonly string[]): Allowed[] => folders.map((folder) => ({ folder }));

const GRAFANA = ["react", "@grafana/data", "@grafana/ui", "@grafana/i18n", "@emotion/css"];
const GRAFANA_SERVICES = [...GRAFANA, "@grafana/runtime", "@grafana/schema", "rxjs"];

/** The directions of imports between the folders of `src/`. Files directly in `src/` belong to `app`. */
export const IMPORT_TABLE: Readonly<Record<string, FolderRule>> = {
  core: { ours: [], packages: ["fastest-levenshtein"], node: false, pure: true },
  logql: { ours: all("core"), packages: ["valibot"], node: false, pure: true },
  sdk: {
    ours: all("core"),
    packages: ["fastest-levenshtein", "yaml", "@pydantic/genai-prices"],
    node: true,
  },
  integrations: {
    ours: all("sdk", "core"),
    packages: [
      "pino",
      "pino-loki",
      "openai",
      "@anthropic-ai/sdk",
      "express",
      "fastify",
      "@opentelemetry/api",
      "@opentelemetry/sdk-trace-base",
    ],
    node: true,
  },
  // Answering HTTP, for whoever serves something.
  server: { ours: [], packages: ["hono", "@hono/node-server"], node: true },
  loki: {
    ours: all("core", "logql", "server"),
    packages: ["@grafana/lezer-logql", "@lezer/common", "@lezer/lr", "hono", "@hono/node-server", "valibot"],
    node: true,
  },
  collector: {
    ours: all("core", "logql", "sdk", "integrations", "server"),
    packages: ["yaml", "hono", "@hono/node-server", "protobufjs", "valibot"],
    node: true,
  },
  components: {
    ours: [...all("core"), { folder: "logql", typesOnly: true, values: /^logql\/builders(\/|$)/ }],
    packages: [...GRAFANA, "@tanstack/react-virtual"],
    node: false,
  },
  datasource: { ours: all("core", "logql", "components"), packages: GRAFANA_SERVICES, node: false },
  panels: { ours: all("core", "components"), packages: GRAFANA_SERVICES, node: false },
  app: {
    ours: [...all("core", "logql", "components"), { folder: "datasource", typesOnly: true }],
    packages: GRAFANA_SERVICES,
    node: false,
  },
  viewer: {
    ours: all("core", "logql", "components"),
    packages: [...GRAFANA, "react-dom", "@pydantic/genai-prices"],
    node: false,
  },
  cli: {
    ours: all("core", "logql", "sdk", "integrations", "loki", "collector", "server", "viewer"),
    packages: [
      "hono",
      "@hono/node-server",
      "commander",
      "picocolors",
      "fastest-levenshtein",
      "yaml",
      "@pydantic/genai-prices",
    ],
    node: true,
  },
};

/** What tests beside the code may import on top of their folder's row. */
export const TEST_PACKAGES = [
  "vitest",
  "fast-check",
  "ajv",
  "pino",
  "tsdown",
  "yaml",
  "@pydantic/genai-prices",
  "@grafana/lezer-logql",
  "@lezer/common",
  "pino-loki",
  "openai",
  "@anthropic-ai/sdk",
  "express",
  "fastify",
  "hono",
  "@hono/node-server",
  "protobufjs",
  "@langchain/core",
  "@langchain/langgraph",
  "@langchain/openai",
  "@opentelemetry/api",
  "@opentelemetry/sdk-trace-base",
  "ai",
  "ai-7",
  "@ai-sdk/otel",
  "openai-7",
];
