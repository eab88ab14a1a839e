import { type BinaryExpr, isComparison } from "../ast/metric";
import { QueryError } from "../errors";
import { calculate, compares } from "./arithmetic";
import { withoutEmpty } from "./grouping";
import { keyOf, type Sample } from "./series";

/** A vector and a number; of a comparison that filters the samples themselves are kept. */
export function withNumber(
  { op, bool }: BinaryExpr,
  samples: readonly Sample[],
  number: number,
  numberFirst: boolean,
): Sample[] {
  const result: Sample[] = [];
  for (const sample of samples) {
    const left = numberFirst ? number : sample.value;
    const right = numberFirst ? sample.value : number;
    if (!isComparison(op) || bool) result.push({ ...sample, value: calculate(op, left, right) });
    else if (compares(op, left, right)) result.push(sample);
  }
  return result;
}

/**
 * Two vectors, series with equal labels together.
 *
 * @throws QueryError when one of them has a series twice
 */
export function withVector({ op, bool }: BinaryExpr, left: readonly Sample[], right: readonly Sample[]): Sample[] {
  const others = new Map<string, Sample>();
  for (const sample of right) {
    if (others.has(sample.key)) {
      throw new QueryError(
        500,
        "found duplicate series on the right hand-side;many-to-many matching not allowed: matching labels must be unique on one side",
      );
    }
    others.set(sample.key, sample);
  }
  const result: Sample[] = [];
  for (const sample of left) {
    const other = others.get(sample.key);
    if (other === undefined) continue;
    const labels = withoutEmpty(sample.labels);
    const key = keyOf(labels);
    if (!isComparison(op) || bool) result.push({ key, labels, value: calculate(op, sample.value, other.value) });
    else if (compares(op, sample.value, other.value)) result.push({ key, labels, value: sample.value });
  }
  return result;
}
