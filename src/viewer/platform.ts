import type { Platform } from "../logql/client";

/** What the Loki client needs of a browser. */
export function browserPlatform(): Platform {
  return {
    fetch: (url, init) => fetch(url, init),
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
}
