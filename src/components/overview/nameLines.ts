/**
 * A name on one line or two, broken at the hyphen (or `_`, `.`, `/`) nearest to its middle.
 *
 * @example nameLines("customer-support-agent") // ["customer-", "support-agent"]
 */
export function nameLines(name: string): readonly string[] {
  const breaks = [...name.matchAll(/[-_./](?=.)/gs)].map(({ index }) => index + 1).filter((at) => at > 1);
  const middle = name.length / 2;
  const [best] = breaks.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return best === undefined ? [name] : [name.slice(0, best), name.slice(best)];
}
