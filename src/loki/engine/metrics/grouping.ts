import type { Labels } from "../../../logql/api";
import type { Grouping } from "../ast/metric";

/** The labels of the group that a series belongs to. */
export function groupOf(labels: Labels, { without, labels: names }: Grouping): Labels {
  const group: Record<string, string> = {};
  if (!without) {
    for (const name of names) {
      const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
      if (value !== undefined) group[name] = value;
    }
    return group;
  }
  for (const [name, value] of Object.entries(labels)) if (!names.includes(name)) group[name] = value;
  return group;
}

/** The labels that have a value: Loki loses the others where it builds label sets anew. */
export function withoutEmpty(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

/** Whether everything falls into one group without labels. */
export function isSingle(grouping: Grouping | undefined): boolean {
  return grouping !== undefined && !grouping.without && grouping.labels.length === 0;
}
