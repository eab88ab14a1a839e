/** The values that a setting can be tried with. */
export interface SettingRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Bars shown at most besides the value in use and the one tried. */
const BARS = 8;
/** Limits of this size are tried in shares of themselves, smaller ones one by one. */
const LARGE = 20;

/** Factors and shares go in parts of one, counts in ones, large limits in round parts of themselves. */
export function rangeOf(name: string, inUse: number): SettingRange {
  if (name === "share") return { min: 0.05, max: 1, step: 0.05 };
  if (name.endsWith("_factor") || name === "ratio_threshold") {
    return { min: 0.5, max: Math.max(10, Math.ceil(inUse * 2)), step: 0.5 };
  }
  if (name === "max_cost_usd" || !Number.isInteger(inUse)) {
    const step = roundPart(inUse);
    return { min: step, max: rounded(step * 40), step };
  }
  if (inUse < LARGE) return { min: 1, max: Math.max(12, inUse * 2), step: 1 };
  const step = roundPart(inUse);
  return { min: step, max: rounded(step * 40), step };
}

/** A tenth of the value, made round: 1, 2 or 5 times a power of ten. */
function roundPart(value: number): number {
  const tenth = Math.abs(value) / 10 || 1;
  const power = 10 ** Math.floor(Math.log10(tenth));
  const digit = [1, 2, 5, 10].findLast((round) => round * power <= tenth * 1.0001) ?? 1;
  return rounded(digit * power);
}

/** Without the digits that binary fractions add. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * The values to compare with each other: some below the one in use, more above it, and always it and the one tried.
 *
 * @example neighbours({ min: 1, max: 12, step: 1 }, 3, 4) // [2, 3, 4, 5, 6, 7, 8, 9]
 */
export function neighbours(range: SettingRange, inUse: number, tried: number): readonly number[] {
  const { min, max, step } = range;
  const isLarge = step > 1 || (step < 1 && max / step > 20);
  const stride = isLarge ? stretched(range, inUse) : step;
  const before = isLarge ? 3 : 1;
  const first = Math.max(min, rounded(inUse - before * stride));
  const values = Array.from({ length: BARS }, (_, at) => rounded(first + at * stride)).filter((value) => value <= max);
  return [...new Set([...values, inUse, tried])].sort((a, b) => a - b);
}

/** A stride that reaches twice the value in use, in whole steps. */
function stretched({ step }: SettingRange, inUse: number): number {
  return rounded(Math.max(1, Math.round((inUse * 0.25) / step)) * step);
}
