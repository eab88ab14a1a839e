import type { Matcher } from "../../../logql/api";
import { longTextTest } from "./longText";
import { regexOf } from "./translate";

const compiled = new Map<string, (value: string) => boolean>();
/** Enough for the queries of a dashboard. */
const KEPT = 500;

/**
 * The test of a label matcher or a label filter on text: regular expressions match the whole value, as in Loki.
 *
 * @throws QueryError for a regular expression that RE2 or this store does not know
 */
export function textMatcher(matcher: Matcher): (value: string) => boolean {
  const { op, value: wanted } = matcher;
  if (op === "=") return (value) => value === wanted;
  if (op === "!=") return (value) => value !== wanted;
  const key = `${op}${wanted}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const regex = regexOf(wanted, { whole: true, dotMatchesNewline: true });
  const test = op === "=~" ? (value: string) => regex.test(value) : (value: string) => !regex.test(value);
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(key, test);
  return test;
}

/** The test of a line filter: the text may stand anywhere in the line. */
export function lineTest(text: string, regular: boolean): (line: string) => boolean {
  if (!regular) return (line) => line.includes(text);
  const long = longTextTest(text);
  if (long !== undefined) return long;
  const regex = regexOf(text, { whole: false, dotMatchesNewline: false });
  return (line) => regex.test(line);
}
