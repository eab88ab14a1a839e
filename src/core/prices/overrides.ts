import type { Micros } from "../wire/line";
import type { CallUsage, Prices } from "./prices";
import { flatRate, Rates } from "./rates";

/** What a model costs, USD per million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** Prompt tokens read from the cache; the price of input when absent. */
  readonly cacheRead?: number | undefined;
  /** Prompt tokens written to the cache; the price of input when absent. */
  readonly cacheWrite?: number | undefined;
}

/** Prices of one's own by model, named exactly as in the calls. */
export type PriceOverrides = Readonly<Record<string, TokenPrice>>;

/** A price that is no price: which model, which key, and what to write instead. */
export class PriceOverrideError extends Error {
  override readonly name = "PriceOverrideError";
}

const KEYS: readonly string[] = ["input", "output", "cacheRead", "cacheWrite"] satisfies (keyof TokenPrice)[];

function ratesOf(model: string, price: TokenPrice): Rates {
  const place = `prices[${JSON.stringify(model)}]`;
  if (typeof price !== "object" || price === null) {
    throw new PriceOverrideError(`${place} is no price: write { input, output } in USD per million tokens.`);
  }
  for (const [key, value] of Object.entries(price)) {
    if (!KEYS.includes(key)) throw new PriceOverrideError(`${place}.${key} is unknown: use ${KEYS.join(", ")}.`);
    if (value !== undefined && !(typeof value === "number" && value >= 0 && Number.isFinite(value))) {
      throw new PriceOverrideError(`${place}.${key} is ${String(value)}: write USD per million tokens, 0 or more.`);
    }
  }
  const { input, output, cacheRead, cacheWrite } = price;
  if (input === undefined || output === undefined) {
    const missing = input === undefined ? "input" : "output";
    throw new PriceOverrideError(`${place}.${missing} is missing: write USD per million tokens, 0 when it is free.`);
  }
  const optional = (value: number | undefined) => (value === undefined ? undefined : flatRate(value));
  return new Rates(flatRate(input), flatRate(output), optional(cacheRead), optional(cacheWrite), undefined, undefined);
}

/**
 * The same prices, except for the models named: for negotiated prices, hosted models of one's own, and models the table
 * does not have yet. They count for every provider and time.
 *
 * @throws {PriceOverrideError} when a price is incomplete or no number of 0 or more
 * @example withOverrides(prices, { "llama3.1:8b": { input: 0, output: 0 } })
 */
export function withOverrides(prices: Prices, overrides: PriceOverrides): Prices {
  const own = new Map(Object.entries(overrides).map(([model, price]) => [model, ratesOf(model, price)]));
  if (own.size === 0) return prices;
  return {
    knows: (model: string, provider?: string): boolean => own.has(model) || prices.knows(model, provider),
    cost: (model: string, usage: CallUsage, provider?: string, at?: Micros): number | undefined => {
      const rates = own.get(model);
      return rates === undefined ? prices.cost(model, usage, provider, at) : rates.cost(usage);
    },
  };
}
