import type { Detector } from "../../core/detectors";
import { emptyFacts } from "../../core/facts/emptyFacts";

/** A run in which things happened of which nothing is known. */
const UNKNOWN = {
  ...emptyFacts(),
  llm_calls: 1,
  tool_calls: 1,
  retrievals: 1,
  total_tokens: undefined,
  empty_responses: undefined,
};

/**
 * What a run must tell, or an agent's history hold, before the detector can judge it; undefined when every run can be.
 *
 * @example needsOf(detectorOf("TOOL_AVOIDANCE")) // "declared tools"
 */
export function needsOf(detector: Detector): string | undefined {
  const run = { facts: UNKNOWN, ended: undefined, exit_reason: undefined, baseline: {}, thresholds: detector.defaults };
  return detector.needs(run);
}
