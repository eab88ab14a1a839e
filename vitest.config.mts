import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "lib/**"],
    testTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
