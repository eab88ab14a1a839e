import { defineConfig } from "vitest/config";

/** These start real programs (Loki, Promtail, Alertmanager), which take a core each: one file at a time. */
const REAL = [
  "agreement",
  "alerts",
  "ask",
  "dashboards",
  "doctor",
  "logql",
  "parity",
  "promtail",
  "push",
  "real",
  "stack",
].map((folder) => `test/${folder}/**/*.test.ts`);

/** These run Python systems, each in a process of its own. */
const SYSTEMS = ["test/systems/**/*.test.ts"];

/** These drive the built plugin and the built local page in a browser. */
const BROWSER = ["test/host/**/*.test.ts", "test/viewer/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // What is prepared first may install a package or start a program.
    hookTimeout: 60_000,
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "code",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "lib/**", ...REAL, ...SYSTEMS, ...BROWSER],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: "real components", include: REAL, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: "systems", include: SYSTEMS, maxWorkers: 2, sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: BROWSER,
          globalSetup: "test/host/setup.ts",
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
