import type { Micros } from "../wire/line";

/** Tokens of one LLM call; `prompt_tokens` includes the cached parts, `completion_tokens` the reasoning. */
export interface CallUsage {
  readonly prompt_tokens?: number | undefined;
  readonly completion_tokens?: number | undefined;
  readonly cache_read_tokens?: number | undefined;
  readonly cache_write_tokens?: number | undefined;
  readonly reasoning_tokens?: number | undefined;
}

/** A price table. An unknown model is unpriced, never free. */
export interface Prices {
  /** Whether the model has a price. */
  knows(model: string, provider?: string): boolean;
  /** USD of one call, or undefined when the model has no price or the usage says nothing. `at` picks dated prices. */
  cost(model: string, usage: CallUsage, provider?: string, at?: Micros): number | undefined;
}
