import type { Payloads } from "../wire/events";
import { pushFirst } from "./bounded";
import { MAX_EVIDENCE, type RunEvidence } from "./evidence";
import type { Facts } from "./facts";
import { noteFailure } from "./firstFailure";
import type { LlmCall } from "./usage";

/** How LLM calls ended and how they follow each other: truncations, empty answers, calls without an action between. */
export class AnswerFacts {
  readonly #facts: Facts;
  /** The call made last. */
  #latest: LlmCall | undefined;
  /** An empty answer that a tool call may still follow: then it was none. */
  #pendingEmpty: LlmCall | undefined;
  #outputKnown = false;
  /** The next LLM call is the first after an input.received. */
  #prompted = false;
  /** An answer asked for tools. */
  #askedForTools = false;
  /** The model was called again after it asked for tools, so that tools were called, whether they were told or not. */
  toolsWereUsed = false;
  readonly #truncations: { step: number; model: string | undefined; completion_tokens: number | undefined }[] = [];
  readonly #emptySteps: number[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get truncations(): RunEvidence["truncations"] {
    return this.#truncations;
  }
  get emptySteps(): readonly number[] {
    return this.#emptySteps;
  }

  called(call: LlmCall): void {
    const facts = this.#facts;
    this.#latest = call;
    facts.truncated_last = 0;
    facts.llm_tail++;
    this.toolsWereUsed = this.#askedForTools;
    if (this.#prompted) this.#prompted = false;
    else facts.llm_unprompted++;
    if (!this.#outputKnown) facts.empty_responses = undefined;
  }

  answered(call: LlmCall, answer: Payloads["llm.responded"]): void {
    const facts = this.#facts;
    if (answer.finish_reason === "length") {
      facts.truncations++;
      if (call === this.#latest) facts.truncated_last = 1;
      const model = answer.model ?? call.model;
      pushFirst(
        this.#truncations,
        { step: call.step, model, completion_tokens: answer.completion_tokens },
        MAX_EVIDENCE,
      );
    }
    if ((answer.tool_call_count ?? 0) > 0) this.#askedForTools = true;
    if (answer.output_length === undefined) return;
    this.#outputKnown = true;
    facts.empty_responses ??= 0;
    const empty = answer.output_length === 0 && answer.finish_reason === "stop" && (answer.tool_call_count ?? 0) === 0;
    if (empty) this.#pendingEmpty = call;
  }

  userInput(): void {
    this.#prompted = true;
    this.#facts.llm_tail = 0;
  }

  action(): void {
    this.#facts.llm_tail = 0;
  }

  /** Settles a waiting empty answer: to be called before every event but external.signal and policy.triggered. */
  next(isToolCall: boolean): void {
    const call = this.#pendingEmpty;
    if (call === undefined) return;
    this.#pendingEmpty = undefined;
    if (isToolCall) return;
    this.#facts.empty_responses = (this.#facts.empty_responses ?? 0) + 1;
    pushFirst(this.#emptySteps, call.step, MAX_EVIDENCE);
    noteFailure(this.#facts, call.step, "empty_llm_response");
  }

  /** The step of an empty answer nothing has followed yet: at the end of the run it counts. */
  get pendingStep(): number | undefined {
    return this.#pendingEmpty?.step;
  }
}
