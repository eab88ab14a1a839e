import type { Step } from "../../core/run";

/** Two steps that correspond, or one that the other run does not have. */
export interface AlignedSteps {
  readonly a: Step | undefined;
  readonly b: Step | undefined;
  /** Both are there and did the same: kind, name and arguments. */
  readonly same: boolean;
}

export interface Alignment {
  readonly rows: readonly AlignedSteps[];
  /** False where the runs are too long to compare every step with every other: then steps of the middle stand by their order. */
  readonly exact: boolean;
}

/** Comparisons of steps at most: 16 MB and some 20 ms. */
const MOST_CELLS = 4_000_000;
/** Same call and arguments weighs more than two calls of which only the names are equal. */
const SAME = 3;
const ALIKE = 1;

/**
 * Puts two sequences of steps side by side: those that correspond in one row, in the order of both, so that as many as
 * possible do (a longest common subsequence, weighed by how much two steps have in common).
 */
export function alignSteps(a: readonly Step[], b: readonly Step[]): Alignment {
  let first = 0;
  while (first < a.length && first < b.length && likeness(a[first], b[first]) === SAME) first++;
  let last = 0;
  while (
    last < a.length - first &&
    last < b.length - first &&
    likeness(a[a.length - 1 - last], b[b.length - 1 - last]) === SAME
  ) {
    last++;
  }
  const head = a.slice(0, first).map((step, at) => row(step, b[at]));
  const tail = a.slice(a.length - last).map((step, at) => row(step, b[b.length - last + at]));
  const middleA = a.slice(first, a.length - last);
  const middleB = b.slice(first, b.length - last);
  const exact = (middleA.length + 1) * (middleB.length + 1) <= MOST_CELLS;
  const middle = exact ? longestCommon(middleA, middleB) : byOrder(middleA, middleB);
  return { rows: [...head, ...middle, ...tail], exact };
}

function longestCommon(a: readonly Step[], b: readonly Step[]): AlignedSteps[] {
  const width = b.length + 1;
  // best[i * width + j]: what the steps from i and j on have in common at most.
  const best = new Int32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const like = likeness(a[i], b[j]);
      const paired = like === 0 ? 0 : like + at(i + 1, j + 1);
      best[i * width + j] = Math.max(paired, at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: AlignedSteps[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const like = likeness(a[i], b[j]);
    if (like > 0 && at(i, j) === like + at(i + 1, j + 1)) rows.push(row(a[i++], b[j++]));
    else if (j >= b.length || (i < a.length && at(i, j) === at(i + 1, j))) rows.push(row(a[i++], undefined));
    else rows.push(row(undefined, b[j++]));
  }
  return rows;
}

function byOrder(a: readonly Step[], b: readonly Step[]): AlignedSteps[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => row(a[at], b[at]));
}

const row = (a: Step | undefined, b: Step | undefined): AlignedSteps => ({ a, b, same: likeness(a, b) === SAME });

function likeness(a: Step | undefined, b: Step | undefined): number {
  if (a === undefined || b === undefined || a.kind !== b.kind || a.name !== b.name) return 0;
  return argumentsOf(a) === argumentsOf(b) ? SAME : ALIKE;
}

/** The hash of what was asked for, as far as the line has one. */
function argumentsOf({ call }: Step): string | undefined {
  if (call === undefined) return undefined;
  if ("args_hash" in call) return call.args_hash;
  return "query_hash" in call ? call.query_hash : undefined;
}
