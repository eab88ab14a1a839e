/** How numbers read in sentences for people. */

/** "once", "twice", "4 times". */
export function times(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : `${count} times`;
}

/** "1 step", "3 steps", "12,000 steps". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Digits in groups of three from five on, the same in every locale. */
function grouped(count: number): string {
  return count < 10_000 ? String(count) : String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "34 ms", "1.2 s", "6 min 12 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${round(ms / 1000, 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return parts(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  return parts(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function parts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** "850 tokens", "12.4k tokens", "1.2M tokens". */
export function tokens(count: number): string {
  if (count < 1000) return counted(count, "token");
  return count < 999_950 ? `${round(count / 1000, 1)}k tokens` : `${round(count / 1_000_000, 1)}M tokens`;
}

/** "$4.18", "$0.031": cents from a dollar on, two significant digits below. */
export function dollars(usd: number): string {
  if (usd === 0 || usd >= 1) return `$${usd.toFixed(2)}`;
  const decimals = Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(usd))));
  return `$${usd.toFixed(decimals)}`;
}

/** "3.4×". */
export function factor(ratio: number): string {
  return Number.isFinite(ratio) ? `${round(ratio, 1)}×` : "many times";
}

/** "45 %". */
export function percent(share: number): string {
  return `${round(share * 100, 0)} %`;
}

/** "a, b and c"; of long lists the first `most` and "and 3 more". */
export function listed(items: readonly (string | number)[], most = 6): string {
  if (items.length <= 1) return String(items[0] ?? "");
  if (items.length > most) return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** "step 6", "steps 6 to 14". */
export function steps(first: number, last: number): string {
  return first === last ? `step ${first}` : `steps ${first} to ${last}`;
}

/** A number with at most so many decimals; null, as JSON has it, for what is not finite. */
export function rounded(value: number, decimals: number): number | null {
  return Number.isFinite(value) ? round(value, decimals) : null;
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
