import type { Action } from "./action";
import type { RunEvidence } from "./evidence";
import type { Facts } from "./facts";

/** alternation and alternation_repeats: stretches of tool calls A B A B … over exactly two names. */
export class AlternationFacts {
  readonly #facts: Facts;
  #length = 0;
  #previous: Action | undefined;
  #beforePrevious: Action | undefined;
  #firstStep = 0;
  /** Each of the two tools kept one known argument hash in this stretch. */
  #repeats = false;
  #evidence: RunEvidence["alternation"];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get evidence(): RunEvidence["alternation"] {
    return this.#evidence;
  }

  called(tool: Action): void {
    const previous = this.#previous;
    const beforePrevious = this.#beforePrevious;
    this.#beforePrevious = previous;
    this.#previous = tool;
    if (previous === undefined || previous.name === tool.name) {
      this.#length = 1;
      return;
    }
    if (this.#length >= 2 && beforePrevious !== undefined && beforePrevious.name === tool.name) {
      this.#length++;
      this.#repeats = this.#repeats && beforePrevious.args_hash === tool.args_hash;
    } else {
      this.#length = 2;
      this.#firstStep = previous.step;
      this.#repeats = previous.args_hash !== undefined && tool.args_hash !== undefined;
    }
    this.#note(previous, tool);
  }

  #note(previous: Action, tool: Action): void {
    const facts = this.#facts;
    const longer = this.#length > facts.alternation;
    if (!longer && !(this.#length === facts.alternation && this.#repeats && facts.alternation_repeats === 0)) return;
    facts.alternation = this.#length;
    facts.alternation_repeats = this.#repeats ? 1 : 0;
    const names: readonly [string, string] =
      this.#length % 2 === 0 ? [previous.name, tool.name] : [tool.name, previous.name];
    this.#evidence = { names, first_step: this.#firstStep, last_step: tool.step };
  }
}
