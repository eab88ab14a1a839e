import { describe, expect, it } from "vitest";
import { PriceOverrideError, type PriceOverrides, withOverrides } from "./overrides";
import type { Prices } from "./prices";

const table: Prices = {
  knows: (model) => model === "gpt-4o",
  cost: (model, usage, provider, at) =>
    model === "gpt-4o" ? (usage.prompt_tokens ?? 0) + Number(provider) + (at ?? 0) : undefined,
};

/** Outside data, as it comes from JSON. */
const parsed = (text: string): PriceOverrides => JSON.parse(text);

describe("withOverrides", () => {
  const prices = withOverrides(table, {
    "llama3.1:8b": { input: 0, output: 0 },
    "my-claude": { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    "my-gpt": { input: 2, output: 8 },
    ["__proto__"]: { input: 1, output: 1 },
  });

  it("prices the models named, whatever the provider", () => {
    expect(prices.knows("llama3.1:8b")).toBe(true);
    expect(prices.cost("llama3.1:8b", { prompt_tokens: 1000, completion_tokens: 10 })).toBe(0);
    const usage = { prompt_tokens: 10_000, completion_tokens: 1000, cache_read_tokens: 6000, cache_write_tokens: 2000 };
    expect(prices.cost("my-claude", usage, "anthropic")).toBe(0.0303);
    expect(prices.cost("my-gpt", usage, "openai", 5)).toBe(0.028);
    expect(prices.cost("__proto__", { prompt_tokens: 1_000_000 })).toBe(1);
    expect(prices.cost("my-gpt", {})).toBeUndefined();
  });

  it("leaves all others to the table", () => {
    expect(prices.knows("gpt-4o")).toBe(true);
    expect(prices.cost("gpt-4o", { prompt_tokens: 1 }, "10", 100)).toBe(111);
    expect(prices.knows("constructor")).toBe(false);
    expect(prices.cost("constructor", { prompt_tokens: 1 })).toBeUndefined();
    expect(withOverrides(table, {})).toBe(table);
  });

  it("wins over the table", () => {
    expect(
      withOverrides(table, { "gpt-4o": { input: 1, output: 1 } }).cost("gpt-4o", { completion_tokens: 2_000_000 }),
    ).toBe(2);
  });

  it("has no cost of absurd counts", () => {
    const absurd = withOverrides(table, { m: { input: 1e308, output: 0 } });
    expect(absurd.cost("m", { prompt_tokens: 1e15 })).toBeUndefined();
  });

  it.each([
    ['{"m": 3}', 'prices["m"] is no price: write { input, output } in USD per million tokens.'],
    ['{"m": null}', 'prices["m"] is no price: write { input, output } in USD per million tokens.'],
    ['{"m": {"input": 3}}', 'prices["m"].output is missing: write USD per million tokens, 0 when it is free.'],
    ['{"m": {"output": 3}}', 'prices["m"].input is missing: write USD per million tokens, 0 when it is free.'],
    ['{"m": {"input": "3", "output": 1}}', 'prices["m"].input is 3: write USD per million tokens, 0 or more.'],
    ['{"m": {"input": 3, "output": -1}}', 'prices["m"].output is -1: write USD per million tokens, 0 or more.'],
    [
      '{"m": {"input": 1, "output": 1, "cache": 1}}',
      'prices["m"].cache is unknown: use input, output, cacheRead, cacheWrite.',
    ],
  ])("refuses %s and says what to write", (text, message) => {
    expect(() => withOverrides(table, parsed(text))).toThrow(new PriceOverrideError(message));
  });
});
