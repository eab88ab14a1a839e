import type { Micros } from "../wire/line";

interface Stretch {
  from: Micros;
  to: Micros;
}

/** More stretches than this are folded into their sum as soon as nothing can reach back to them. */
const FOLD_ABOVE = 32;
/** Stretches kept apart even then, because clocks may step back a little. */
const KEPT_APART = 8;
/** The oldest stretches are folded beyond this many, whatever may still reach back. */
const MAX_STRETCHES = 4096;

/** How long a run waited for people, in µs by the clock: stretches of time that overlap count once. */
export class Waits {
  /** Apart from each other, in order. */
  readonly #stretches: Stretch[] = [];
  #folded = 0;

  add(from: Micros, to: Micros): void {
    merge(this.#stretches, from, to);
    if (this.#stretches.length > MAX_STRETCHES) this.#fold(MAX_STRETCHES);
  }

  /** Nothing that began earlier is still waited for. */
  settle(): void {
    if (this.#stretches.length > FOLD_ABOVE) this.#fold(KEPT_APART);
  }

  #fold(keep: number): void {
    for (const { from, to } of this.#stretches.splice(0, this.#stretches.length - keep)) this.#folded += to - from;
  }

  /** The sum with some more stretches that may yet turn out longer. */
  total(more: readonly Readonly<Stretch>[]): number {
    const stretches = this.#stretches.map(({ from, to }) => ({ from, to }));
    for (const { from, to } of more) merge(stretches, from, to);
    return stretches.reduce((sum, { from, to }) => sum + (to - from), this.#folded);
  }
}

/** Adds a stretch to those in order; what it touches becomes one. */
function merge(stretches: Stretch[], from: Micros, to: Micros): void {
  if (to <= from) return;
  let end = stretches.length;
  const latest = stretches[end - 1];
  if (latest === undefined || latest.to < from) {
    stretches.push({ from, to });
    return;
  }
  while (end > 0 && (stretches[end - 1]?.from ?? 0) > to) end--;
  let start = end;
  while (start > 0 && (stretches[start - 1]?.to ?? 0) >= from) start--;
  const first = stretches[start];
  const last = stretches[end - 1];
  const whole =
    start < end && first !== undefined && last !== undefined
      ? { from: Math.min(first.from, from), to: Math.max(last.to, to) }
      : { from, to };
  stretches.splice(start, end - start, whole);
}
