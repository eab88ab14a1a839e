import { WEAK_LABELS } from "../injection/patterns";
import type { Payloads } from "../wire/events";
import { EMPTY_HASH } from "../wire/legacy";
import type { RunEvidence } from "./evidence";
import type { Facts } from "./facts";

type Input = Payloads["run.started"] | Payloads["input.received"];

/** injection_patterns and injection_strong: what the scan of the user inputs found before they were hashed. */
export class InputFacts {
  readonly #facts: Facts;
  #evidence: RunEvidence["injection"];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get evidence(): RunEvidence["injection"] {
    return this.#evidence;
  }

  received(input: Input, step: number): void {
    const facts = this.#facts;
    const signal = input.injection_signal;
    if (signal === undefined) {
      // An input that was hashed was scanned too; one without hash, or with that of the empty text, was not.
      if (input.input_hash === undefined || input.input_hash === "" || input.input_hash === EMPTY_HASH) return;
      facts.injection_patterns ??= 0;
      facts.injection_strong ??= 0;
      return;
    }
    const strong = signal.matched_patterns.filter((label) => !WEAK_LABELS.has(label)).length;
    if (this.#evidence === undefined || signal.matched_pattern_count > this.#evidence.matched_pattern_count) {
      this.#evidence = { ...signal, step };
    }
    facts.injection_patterns = Math.max(facts.injection_patterns ?? 0, signal.matched_pattern_count);
    facts.injection_strong = Math.max(facts.injection_strong ?? 0, strong);
  }
}
