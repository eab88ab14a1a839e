/**
 * A percentile with linear interpolation between the two nearest values, as `quantile_over_time` of PromQL and Python's
 * `statistics.quantiles(method="inclusive")` compute it.
 *
 * @param sorted ascending and not empty
 * @param share 0 to 1, so 0.75 for the 75th percentile
 * @returns NaN without values
 */
export function percentile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (position - below);
}
