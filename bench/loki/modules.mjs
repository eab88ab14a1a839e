import { builtModules } from "../builtModules.mjs";

/**
 * Queries, readers and the detectors' LogQL.
 *
 * @returns {Promise<{ logql: typeof import("../../src/logql"), detectors: typeof import("../../src/logql/detectors"), dispose: () => void }>}
 */
export async function lokiModules() {
  const { modules, dispose } = await builtModules({
    logql: "src/logql/index.ts",
    detectors: "src/logql/detectors/index.ts",
  });
  return { logql: modules.logql, detectors: modules.detectors, dispose };
}

/** What Node gives the HTTP client. */
export const NODE = {
  fetch,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  abortController: () => new AbortController(),
};
