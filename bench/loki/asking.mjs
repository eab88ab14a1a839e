import { NODE } from "./modules.mjs";

/** A client of a Loki that counts its questions. */
export function countingApi({ HttpLoki }, url) {
  const api = new HttpLoki({ url, timeoutMs: 120_000 }, NODE);
  const asked = { queries: 0 };
  const counted = (name) => (query, signal) => {
    asked.queries++;
    return api[name](query, signal);
  };
  const names = ["logs", "instant", "range", "labelValues"];
  return { asked, api: Object.fromEntries(names.map((name) => [name, counted(name)])) };
}

/** @returns {Promise<number>} ms of the median round; the candidates take turns */
export async function medians(candidates, rounds) {
  const times = new Map(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of candidates) {
      const start = performance.now();
      await run();
      times.get(name).push(performance.now() - start);
    }
  }
  return new Map([...times].map(([name, all]) => [name, percentile(all, 0.5)]));
}

/** @param {readonly number[]} values */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
