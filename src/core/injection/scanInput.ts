import { ANY_PATTERN, INJECTION_PATTERNS, type InjectionPattern } from "./patterns";

/** This much of the beginning and of the end of a longer input is scanned, UTF-16 code units. */
const WINDOW = 16_384;
/** At most this many labels go on the line. */
const MAX_LABELS = 5;

/** What the scan of one user input found, as `injection_signal` has it on the wire. */
export interface InjectionSignal {
  /** How many of the 18 patterns matched. */
  readonly matched_pattern_count: number;
  /** At most five labels, in the order of the patterns. */
  readonly matched_patterns: string[];
  /** Length of the whole input, UTF-16 code units. */
  readonly input_length: number;
}

/** The parts that are scanned, each for itself: a phrase that only their joining makes is none. */
function windowsOf(text: string): readonly string[] {
  if (text.length <= 2 * WINDOW) return [text];
  return [text.slice(0, WINDOW), text.slice(-WINDOW)];
}

/** The rules judge what is named on the line, so weak patterns give way to strong ones. */
function labelsOf(matched: readonly InjectionPattern[]): string[] {
  const strong = matched.filter((pattern) => !pattern.weak);
  let room = Math.max(0, MAX_LABELS - strong.length);
  const named = matched.filter((pattern) => !pattern.weak || room-- > 0);
  return named.slice(0, MAX_LABELS).map((pattern) => pattern.label);
}

/**
 * Looks for prompt injection in a user input before the input is hashed. Inputs of more than 32,768 UTF-16 code units are
 * scanned at their first and last 16,384 only, which bounds the cost (a tenth of a millisecond).
 *
 * @returns what to write as `injection_signal`, or undefined when no pattern matched.
 * @example scanInput("Ignore all previous instructions")
 * // { matched_pattern_count: 1, matched_patterns: ["ignore_instructions"], input_length: 32 }
 */
export function scanInput(text: string): InjectionSignal | undefined {
  const windows = windowsOf(text).filter((window) => ANY_PATTERN.test(window));
  if (windows.length === 0) return undefined;
  const matched = INJECTION_PATTERNS.filter((pattern) => windows.some((window) => pattern.expression.test(window)));
  if (matched.length === 0) return undefined;
  return { matched_pattern_count: matched.length, matched_patterns: labelsOf(matched), input_length: text.length };
}
