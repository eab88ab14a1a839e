import type { CallUsage, Prices } from "../prices/prices";
import type { Payloads } from "../wire/events";
import type { Micros } from "../wire/line";
import { EndItems, pushFirst } from "./bounded";
import { MAX_EVIDENCE, type RunEvidence } from "./evidence";
import type { Facts } from "./facts";
import { round4 } from "./round";

/** What is already counted of one LLM call. */
export interface LlmCall {
  readonly model: string | undefined;
  readonly provider: string | undefined;
  readonly step: number;
  /** Position among the LLM calls of the run. */
  readonly index: number;
  promptTokens: number | undefined;
  unpriced: boolean;
}

/** Tokens, cost and context size of the LLM calls. */
export class UsageFacts {
  readonly #facts: Facts;
  readonly #prices: Prices | undefined;
  #prompt = 0;
  #completion = 0;
  #promptKnown = 0;
  #completionKnown = 0;
  #metered = 0;
  #cost = 0;
  #priced = 0;
  #contextFirst = -1;
  #contextLast = -1;
  #lastModel: string | undefined;
  readonly #sizes = new EndItems<{ step: number; tokens: number }>(MAX_EVIDENCE / 2);
  readonly #modelChanges: { step: number; from: string; to: string }[] = [];

  constructor(facts: Facts, prices: Prices | undefined) {
    this.#facts = facts;
    this.#prices = prices;
  }

  /** Prompt tokens of all LLM calls so far. */
  get promptTokens(): number {
    return this.#prompt;
  }
  get sizes(): RunEvidence["prompt_sizes"] {
    return this.#sizes.toArray();
  }
  get modelChanges(): RunEvidence["model_changes"] {
    return this.#modelChanges;
  }

  called(call: LlmCall): void {
    if (call.promptTokens !== undefined) {
      this.#addPrompt(call.promptTokens);
      this.#metered++;
      this.#context(call, call.promptTokens);
    }
    if (!this.#knows(call.model, call.provider)) this.#markUnpriced(call);
    this.#publish();
  }

  answered(call: LlmCall, answer: Payloads["llm.responded"], time: Micros): void {
    const stated = call.promptTokens;
    const { prompt_tokens, completion_tokens } = answer;
    if (prompt_tokens !== undefined) {
      if (stated === undefined) this.#addPrompt(prompt_tokens);
      else this.#prompt += prompt_tokens - stated;
      call.promptTokens = prompt_tokens;
      this.#context(call, prompt_tokens);
    }
    if (completion_tokens !== undefined) {
      this.#completion += completion_tokens;
      this.#completionKnown++;
    }
    if (stated === undefined && (prompt_tokens !== undefined || completion_tokens !== undefined)) this.#metered++;
    this.#price(call, answer, time);
    if (answer.model !== undefined) this.#noteModel(answer.model, call.step);
    this.#publish();
  }

  #addPrompt(tokens: number): void {
    this.#prompt += tokens;
    this.#promptKnown++;
  }

  #knows(model: string | undefined, provider: string | undefined): boolean {
    return model !== undefined && this.#prices?.knows(model, provider) === true;
  }

  #markUnpriced(call: LlmCall): void {
    call.unpriced = true;
    this.#facts.unpriced_llm_calls++;
  }

  #price(call: LlmCall, answer: Payloads["llm.responded"], time: Micros): void {
    const model = this.#knows(answer.model, call.provider) ? answer.model : call.model;
    const cost = answer.cost_usd ?? this.#costOf(model, call, answer, time);
    if (cost !== undefined) {
      this.#cost += cost;
      this.#priced++;
    }
    const unpriced = cost === undefined && !this.#knows(model, call.provider);
    if (unpriced && !call.unpriced) this.#markUnpriced(call);
    else if (!unpriced && call.unpriced) {
      call.unpriced = false;
      this.#facts.unpriced_llm_calls--;
    }
  }

  #costOf(model: string | undefined, call: LlmCall, answer: CallUsage, time: Micros): number | undefined {
    if (model === undefined || this.#prices === undefined) return undefined;
    const usage = call.promptTokens === answer.prompt_tokens ? answer : { ...answer, prompt_tokens: call.promptTokens };
    return this.#prices.cost(model, usage, call.provider, time);
  }

  #context(call: LlmCall, tokens: number): void {
    const facts = this.#facts;
    this.#sizes.push({ step: call.step, tokens });
    if (this.#contextFirst < 0 || call.index <= this.#contextFirst) {
      this.#contextFirst = call.index;
      facts.context_first = tokens;
    }
    if (call.index >= this.#contextLast) {
      this.#contextLast = call.index;
      facts.context_last = tokens;
    }
    facts.context_calls = this.#promptKnown;
    const first = facts.context_first ?? 0;
    facts.context_growth = first === 0 ? undefined : round4((facts.context_last ?? 0) / first);
  }

  #noteModel(model: string, step: number): void {
    if (this.#lastModel !== undefined && this.#lastModel !== model) {
      this.#facts.model_changes++;
      pushFirst(this.#modelChanges, { step, from: this.#lastModel, to: model }, MAX_EVIDENCE);
    }
    this.#lastModel = model;
  }

  /** Sums are known when some call states them, and when there was no call at all. */
  #publish(): void {
    const facts = this.#facts;
    const none = facts.llm_calls === 0;
    facts.prompt_tokens = this.#promptKnown > 0 || none ? this.#prompt : undefined;
    facts.completion_tokens = this.#completionKnown > 0 || none ? this.#completion : undefined;
    facts.total_tokens = this.#metered > 0 || none ? this.#prompt + this.#completion : undefined;
    facts.unmetered_llm_calls = facts.llm_calls - this.#metered;
    // Ten decimals: below a millionth of a cent, above the noise of binary fractions.
    facts.cost_usd = this.#priced > 0 || none ? Math.round(this.#cost * 1e10) / 1e10 : undefined;
  }
}
