/** Ages are told in whole seconds; the clocks of agents may be ahead of ours. */
export function wholeSeconds(ms: number): number {
  return Math.max(0, Math.round(ms / 1000)) * 1000;
}
