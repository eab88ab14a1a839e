/** The values of a window in order, so that a quantile does not sort them again at every step; NaN is the least. */
export class SortedWindow {
  private readonly values: number[] = [];
  /** Values not yet put into order. */
  private added: number[] = [];

  add(value: number): void {
    this.added.push(value);
  }

  remove(value: number): void {
    this.settle();
    const at = this.position(value);
    if (at < this.values.length) this.values.splice(at, 1);
  }

  /** With linear interpolation; below 0 and above 1 an infinity. */
  quantile(share: number): number {
    this.settle();
    const { length } = this.values;
    if (length === 0) return Number.NaN;
    if (share < 0) return Number.NEGATIVE_INFINITY;
    if (share > 1) return Number.POSITIVE_INFINITY;
    const rank = share * (length - 1);
    const lower = Math.max(0, Math.floor(rank));
    const upper = Math.min(length - 1, lower + 1);
    const weight = rank - Math.floor(rank);
    return (this.values[lower] ?? 0) * (1 - weight) + (this.values[upper] ?? 0) * weight;
  }

  private settle(): void {
    const { added, values } = this;
    if (added.length === 0) return;
    this.added = [];
    // Many at once are cheaper to sort together than to put into their places one by one.
    if (added.length > 8 && added.length * 20 > values.length) {
      for (const value of added) values.push(value);
      values.sort(order);
      return;
    }
    for (const value of added) values.splice(this.position(value), 0, value);
  }

  /** Where the first value stands that is not less. */
  private position(value: number): number {
    let low = 0;
    let high = this.values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order(this.values[middle] ?? 0, value) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function order(left: number, right: number): number {
  if (left === right) return 0;
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  if (Number.isNaN(right)) return 1;
  return left < right ? -1 : 1;
}
