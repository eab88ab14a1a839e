import type { Labels, Matcher } from "../../logql/api";
import { textMatcher } from "../engine/regex/matcher";

/**
 * Whether labels fulfil all of some matchers; a label that is absent has the value "".
 *
 * @throws QueryError for a regular expression that is none
 */
export function matchingLabels(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ name: matcher.name, fits: textMatcher(matcher) }));
  return (labels) => tests.every(({ name, fits }) => fits(labels[name] ?? ""));
}
