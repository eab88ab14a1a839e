import type { Platform } from "../../src/logql/client";

/** What Node gives the HTTP client. */
export const NODE: Platform = {
  fetch,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    }),
  random: Math.random,
  abortController: () => new AbortController(),
};
