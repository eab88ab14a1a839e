import type { Prices } from "../prices/prices";
import type { Payloads } from "../wire/events";
import type { Micros } from "../wire/line";
import { AnswerFacts } from "./answers";
import type { Facts } from "./facts";
import { round4 } from "./round";
import type { TurnFacts } from "./turns";
import { type LlmCall, UsageFacts } from "./usage";

/** Everything about LLM calls; an answer that fits no call is a call of its own. */
export class LlmFacts {
  readonly usage: UsageFacts;
  readonly answers: AnswerFacts;
  readonly #facts: Facts;
  readonly #turns: TurnFacts;

  constructor(facts: Facts, turns: TurnFacts, prices: Prices | undefined) {
    this.#facts = facts;
    this.#turns = turns;
    this.usage = new UsageFacts(facts, prices);
    this.answers = new AnswerFacts(facts);
  }

  called(
    model: string | undefined,
    provider: string | undefined,
    step: number,
    promptTokens: number | undefined,
  ): LlmCall {
    const call: LlmCall = { model, provider, step, index: this.#facts.llm_calls++, promptTokens, unpriced: false };
    this.usage.called(call);
    this.answers.called(call);
    this.#turns.call("llm", step);
    this.ratio();
    return call;
  }

  /** @param call undefined when the answer fits none */
  answered(call: LlmCall | undefined, answer: Payloads["llm.responded"], step: number, time: Micros): void {
    const answered = call ?? this.called(answer.model, undefined, step, undefined);
    this.usage.answered(answered, answer, time);
    this.answers.answered(answered, answer);
  }

  /**
   * llm_tool_ratio changes with LLM calls and with actions. Where tools were used and nobody tells of them, as with tracers
   * that see the model alone, how many there were is not known.
   */
  ratio(): void {
    const { llm_unprompted, tool_calls, retrievals } = this.#facts;
    const actions = tool_calls + retrievals;
    const isUnknown = actions === 0 && this.answers.toolsWereUsed;
    this.#facts.llm_tool_ratio = isUnknown ? undefined : round4(llm_unprompted / Math.max(actions, 1));
  }
}
