import type { Labels } from "../../../logql/api";

/** A sample of one series at one step. */
export interface Sample {
  /** Equal for equal labels. */
  readonly key: string;
  readonly labels: Labels;
  readonly value: number;
}

const keys = new WeakMap<Labels, string>();

/** Equal for equal labels. */
export function keyOf(labels: Labels): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const key = Object.keys(labels)
    .sort()
    .map((name) => `${name}\u0000${labels[name]}`)
    .join("\u0001");
  keys.set(labels, key);
  return key;
}

/** The order in which Loki answers series: by their sorted names and values. */
export function compareLabels(left: Labels, right: Labels): number {
  const names = Object.keys(left).sort();
  const others = Object.keys(right).sort();
  for (let index = 0; index < Math.min(names.length, others.length); index += 1) {
    const name = names[index] ?? "";
    const other = others[index] ?? "";
    if (name !== other) return name < other ? -1 : 1;
    const value = left[name] ?? "";
    const otherValue = right[name] ?? "";
    if (value !== otherValue) return value < otherValue ? -1 : 1;
  }
  return names.length - others.length;
}

/** Labels as Loki prints them in errors: `{a="b", c="d"}`. */
export function labelsText(labels: Labels): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`);
  return `{${pairs.join(", ")}}`;
}
