import type { AmountFilter, LabelFilter } from "../ast/labelFilter";
import { compares } from "../metrics/arithmetic";
import { textMatcher } from "../regex/matcher";
import { readBytes } from "../text/bytes";
import { readGoDuration } from "../text/duration";
import { readNumber, type Unreadable } from "../text/number";
import type { LineLabels } from "./lineLabels";

export type LabelTest = (labels: LineLabels) => boolean;

/** Turns the value of a label into what is compared. */
export type Reader = (text: string) => number | Unreadable;

export const READERS: Readonly<Record<AmountFilter["kind"], Reader>> = {
  number: readNumber,
  duration: readGoDuration,
  bytes: readBytes,
};

/**
 * The test of a label filter. An amount that cannot be read keeps the line and marks it with `LabelFilterErr`; `or` stops
 * at its first side that holds, `and` always looks at both.
 */
export function labelTest(filter: LabelFilter): LabelTest {
  switch (filter.kind) {
    case "text": {
      const { name } = filter.matcher;
      const test = textMatcher(filter.matcher);
      return (labels) => test(labels.textOf(name));
    }
    case "or": {
      const left = labelTest(filter.left);
      const right = labelTest(filter.right);
      return (labels) => left(labels) || right(labels);
    }
    case "and": {
      const left = labelTest(filter.left);
      const right = labelTest(filter.right);
      return (labels) => {
        const holds = left(labels);
        return right(labels) && holds;
      };
    }
    default:
      return amountTest(filter);
  }
}

function amountTest({ kind, name, op, value: wanted }: AmountFilter): LabelTest {
  const read = READERS[kind];
  return (labels) => {
    const text = labels.get(name);
    if (text === undefined) return false;
    const amount = read(text);
    if (typeof amount === "number") return compares(op, amount, wanted);
    if (!labels.hasError) labels.fail("LabelFilterErr", amount.problem);
    return true;
  };
}
