import { LastItems } from "./bounded";
import type { CallKind } from "./calls";
import { MAX_EVIDENCE, type RunEvidence } from "./evidence";
import type { Facts } from "./facts";

/** Turns between user inputs: user_turns, turn_calls_max, and the order of the calls. */
export class TurnFacts {
  readonly #facts: Facts;
  /** Number of the present turn, 0 for the first. */
  current = 0;
  #started = false;
  #calls = 0;
  #firstStep = 0;
  #busiest: RunEvidence["busiest_turn"];
  readonly #sequence = new LastItems<CallKind>(MAX_EVIDENCE);

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get busiest(): RunEvidence["busiest_turn"] {
    return this.#busiest;
  }
  get sequence(): RunEvidence["sequence"] {
    return this.#sequence.toArray();
  }

  /** The first input; a second run.started is none. */
  started(): void {
    if (this.#started) return;
    this.#started = true;
    this.#facts.user_turns++;
  }

  input(): void {
    this.#facts.user_turns++;
    this.current++;
    this.#calls = 0;
  }

  call(kind: CallKind, step: number): void {
    this.#sequence.push(kind);
    if (this.#calls++ === 0) this.#firstStep = step;
    if (this.#calls <= this.#facts.turn_calls_max) return;
    this.#facts.turn_calls_max = this.#calls;
    this.#busiest = { turn: this.current, first_step: this.#firstStep, calls: this.#calls };
  }
}
