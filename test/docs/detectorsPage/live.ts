import fc from "fast-check";
import type { Detector, Facts, Severity } from "../../../src/core";
import { arbitraryBaseline, arbitraryFacts } from "../../../src/core/detectors/testArbitraries";

/** A loop with equal arguments and answers is one with equal arguments too: random facts do not know that. */
const isPossible = ({ facts: { loop_count, loop_identical, loop_stuck } }: { readonly facts: Facts }): boolean =>
  loop_stuck <= loop_identical && loop_identical <= loop_count;

const SAMPLES = fc.sample(fc.record({ facts: arbitraryFacts, baseline: arbitraryBaseline }).filter(isPossible), {
  seed: 1,
  numRuns: 5000,
});

/** Of each severity that is reported live: whether later events can take the signal back, on some runs or on all. */
function provisionalOn(detector: Detector): ReadonlyMap<Severity, ReadonlySet<boolean>> {
  const seen = new Map<Severity, Set<boolean>>();
  for (const run of SAMPLES) {
    const input = { ...run, ended: undefined, exit_reason: undefined, thresholds: detector.defaults };
    const verdict = detector.needs(input) === undefined ? detector.rule(input) : undefined;
    if (verdict === undefined || verdict.severity === "LOW") continue;
    const answers = seen.get(verdict.severity) ?? new Set<boolean>();
    seen.set(verdict.severity, answers.add(detector.provisional(input)));
  }
  return seen;
}

/** When the detector is judged and whether its signals stand, in a sentence or two. */
export function liveText(detector: Detector): string {
  if (detector.live === "end") return "When the run ends; no live signal.";
  const when =
    detector.live === "start"
      ? "At the start of the run, by its first input, and after every event."
      : "After every event.";
  if (detector.shadow) return `${when} In shadow only the final verdict is written.`;
  const answers = new Set([...provisionalOn(detector).values()].flatMap((values) => [...values]));
  if (!answers.has(true)) return `${when} A live signal stands.`;
  if (!answers.has(false)) return `${when} Live signals are provisional.`;
  return `${when} Some live signals are provisional: ${[...provisionalOn(detector)]
    .filter(([, values]) => values.has(true))
    .map(([severity, values]) => (values.has(false) ? `${severity} at times` : `${severity} always`))
    .join(", ")}.`;
}
