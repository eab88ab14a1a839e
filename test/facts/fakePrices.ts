import type { Prices } from "../../src/core/prices/prices";

/** USD per token: powers of two, so that sums are exact in any order and have few decimals. */
const PER_TOKEN: Readonly<Record<string, number>> = { "m-small": 2 ** -8, "m-large": 2 ** -6 };

/** A price table of two models; those of the provider "acme" cost twice as much. */
export const FAKE_PRICES: Prices = {
  knows: (model) => model in PER_TOKEN,
  cost(model, usage, provider) {
    const price = PER_TOKEN[model];
    const tokens = [usage.prompt_tokens, usage.completion_tokens].filter((count) => count !== undefined);
    if (price === undefined || tokens.length === 0) return undefined;
    const cached = usage.cache_read_tokens ?? 0;
    const total = tokens.reduce((sum, count) => sum + count, 0) - cached / 2;
    return total * price * (provider === "acme" ? 2 : 1);
  },
};
