import type { Answer, Row } from "./ask";

/** Sums in another order differ in the last digits. */
const TOLERANCE = 1e-9;

/** What is different about two answers; undefined when they say the same. Texts of syntax errors may differ. */
export function difference(loki: Answer, engine: Answer): string | undefined {
  if (loki.status !== engine.status)
    return `status ${loki.status} against ${engine.status}: ${brief(loki)} against ${brief(engine)}`;
  if ("text" in loki || "text" in engine) {
    const [expected, actual] = [textOf(loki), textOf(engine)];
    if (expected === actual || (/^parse error at/.test(expected) && /^parse error at/.test(actual))) return undefined;
    return `text ${expected} against ${actual}`;
  }
  if (loki.type !== engine.type) return `type ${loki.type} against ${engine.type}`;
  return rowsDifference(loki.rows, engine.rows);
}

/** Which of several broken series an error names is up to chance. */
const textOf = (answer: Answer): string =>
  ("text" in answer ? answer.text : "").replace(/(pipeline error: '\w+' for series: ).*/, "$1…");

function brief(answer: Answer): string {
  return JSON.stringify(answer).slice(0, 600);
}

function rowsDifference(expected: readonly Row[], actual: readonly Row[]): string | undefined {
  for (let index = 0; index < Math.max(expected.length, actual.length); index += 1) {
    const left = expected[index];
    const right = actual[index];
    if (left !== undefined && right !== undefined && left.key === right.key && sameValues(left, right)) continue;
    return `row ${index} of ${expected.length} against ${actual.length}: ${JSON.stringify(left)} against ${JSON.stringify(right)}`;
  }
  return undefined;
}

function sameValues(left: Row, right: Row): boolean {
  return (
    left.values.length === right.values.length &&
    left.values.every(([time, value], index) => {
      const [otherTime, other] = right.values[index] ?? ["", Number.NaN];
      return time === otherTime && same(value, other);
    })
  );
}

function same(left: number | string, right: number | string): boolean {
  if (left === right || (Number.isNaN(left) && Number.isNaN(right))) return true;
  if (typeof left === "string" || typeof right === "string") return false;
  return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left));
}
