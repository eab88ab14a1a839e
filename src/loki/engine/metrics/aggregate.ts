import type { VectorAggregation } from "../ast/metric";
import { groupOf, withoutEmpty } from "./grouping";
import { keyOf, type Sample } from "./series";

interface Group extends Sample {
  readonly members: Sample[];
}

/** Aggregates the samples of each step; which group a series belongs to is worked out once. */
export function aggregator(expr: VectorAggregation): (samples: readonly Sample[]) => Sample[] {
  const { grouping, op, keep } = expr;
  const known = new Map<string, Sample>();
  const groupFor = (sample: Sample): Sample => {
    let group = known.get(sample.key);
    if (group === undefined) {
      const labels = grouping.without
        ? withoutEmpty(groupOf(sample.labels, grouping))
        : groupOf(sample.labels, grouping);
      group = { labels, key: keyOf(labels), value: 0 };
      known.set(sample.key, group);
    }
    return group;
  };
  return (samples) => {
    const groups = new Map<string, Group>();
    for (const sample of samples) {
      const { key, labels } = groupFor(sample);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { key, labels, value: 0, members: [sample] });
      else group.members.push(sample);
    }
    return [...groups.values()].flatMap(({ key, labels, members }) => {
      switch (op) {
        case "topk":
          return sorted(members, -1).slice(0, keep);
        case "bottomk":
          return sorted(members, 1).slice(0, keep);
        case "sort_desc":
          return sorted(members, -1);
        case "sort":
          return sorted(members, 1);
        default:
          return [{ key, labels, value: combined(op, members) }];
      }
    });
  };
}

/** NaN comes last in both directions. */
function sorted(members: readonly Sample[], sign: 1 | -1): Sample[] {
  return [...members].sort(({ value: left }, { value: right }) => {
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return left === right ? 0 : sign * (left < right ? -1 : 1);
  });
}

function combined(op: "sum" | "count" | "max" | "min" | "avg", members: readonly Sample[]): number {
  const [first] = members;
  let value = first?.value ?? Number.NaN;
  if (op === "count") return members.length;
  for (let index = 1; index < members.length; index += 1) {
    const next = members[index]?.value ?? Number.NaN;
    if (op === "sum") value += next;
    else if (op === "avg") value += (next - value) / (index + 1);
    else if (Number.isNaN(value) || (op === "max" ? next > value : next < value)) value = next;
  }
  return value;
}
