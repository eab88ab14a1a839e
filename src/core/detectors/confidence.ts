/**
 * Confidence of a rule that compares an observed value with a threshold: 0.5 when it is just reached, 0.9 at twice the
 * threshold, 1 from 2.25 times on.
 *
 * @param ratio observed / threshold, at least 1 when the rule fires; Infinity for a threshold of 0
 */
export function confidenceOf(ratio: number): number {
  return Math.min(1, 0.5 + 0.4 * (ratio - 1));
}

/** Confidences have 4 decimals on the wire. */
export function roundConfidence(confidence: number): number {
  return Math.round(confidence * 10_000) / 10_000;
}
