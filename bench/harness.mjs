// Ratios are taken within one run: the candidates take turns, and of each the best round counts, so that what else the
// machine does hits them alike.

/**
 * @typedef {{ name: string, run: () => void, units: number, setup?: () => void }} Candidate
 * @typedef {{ row: string, what: string, peer: string, value: number, unit: string, bar: number, atLeast: boolean, detail: string }} Result
 */

/**
 * Runs candidates in turn. Rounds take some 20 ms, and V8 goes on optimising in the first second: with fewer rounds the
 * larger program of two would be measured half optimised.
 *
 * @param {readonly Candidate[]} candidates
 * @param {{ rounds?: number, warmUp?: number }} [options]
 * @returns {Map<string, number>} µs per unit of the best round, by name
 */
export function race(candidates, { rounds = 40, warmUp = 15 } = {}) {
  const best = new Map();
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const { name, run, units, setup } of candidates) {
      setup?.();
      const start = performance.now();
      run();
      const perUnit = ((performance.now() - start) * 1000) / units;
      if (round >= warmUp && perUnit < (best.get(name) ?? Number.POSITIVE_INFINITY)) best.set(name, perUnit);
    }
  }
  return best;
}

/** @param {number} value */
export const micros = (value) => `${value.toFixed(2)} µs`;

/**
 * @param {readonly Result[]} results
 * @returns {string} a table, one row a bar
 */
export function table(results) {
  const head = ["", "what", "against", "measured", "bar", "detail"];
  const rows = results.map((r) => [
    isMet(r) ? "met" : "MISSED",
    r.what,
    r.peer,
    `${format(r.value)}${r.unit}`,
    `${r.atLeast ? "≥" : "<"} ${format(r.bar)}${r.unit}`,
    r.detail,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => [...(row[column] ?? "")].length)));
  const print = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [print(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(print)].join("\n");
}

/** @param {Result} result */
export function isMet({ value, bar, atLeast }) {
  return atLeast ? value >= bar : value < bar;
}

/** @param {number} value */
function format(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
