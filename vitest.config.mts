import { defineConfig } from "vitest/config";

/** These start real programs (Loki, Promtail, Alertmanager), which take a core each: one file at a time. */
const REAL = ["agreement", "alerts", "doctor", "logql", "parity", "promtail", "push", "real", "stack"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    testTimeout: 60_000,
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "code",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "lib/**", ...REAL],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: "real components", include: REAL, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
