import * as table from "@pydantic/genai-prices";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GenaiPricesModule, genaiPrices } from "./genaiPrices";
import type { ConditionalPrices } from "./pricedModel";
import type { CallUsage } from "./prices";
import { roundUsd } from "./rates";

const micros = (text: string): number => Date.parse(text) * 1000;

const PROVIDERS =
  "anthropic aws azure cohere deepseek fireworks google groq mistral openai openrouter perplexity together x-ai";
const MODELS = PROVIDERS.split(" ").flatMap((provider) =>
  (table.findProvider({ providerId: provider })?.models ?? []).map((model) => ({ provider, model: model.id })),
);

/** What the package itself says, undefined when it knows no price for tokens. */
function expected(model: string, provider: string, usage: CallUsage, at: number): number | undefined {
  const tokens = {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    cache_read_tokens: usage.cache_read_tokens,
    cache_write_tokens: usage.cache_write_tokens,
    output_reasoning_tokens: usage.reasoning_tokens,
  };
  const result = table.calcPrice(tokens, model, { providerId: provider, timestamp: new Date(at / 1000) });
  if (result === null) return undefined;
  if (model.endsWith(":free")) return 0;
  const { input_mtok, output_mtok } = result.model_price;
  return input_mtok === undefined && output_mtok === undefined ? undefined : roundUsd(result.total_price);
}

/** The real table, counting how often it is asked. */
function counted(): { module: GenaiPricesModule; calls: () => number } {
  let calls = 0;
  const calcPrice: GenaiPricesModule["calcPrice"] = (usage, model, options) => {
    calls++;
    return table.calcPrice(usage, model, options);
  };
  return { module: { calcPrice }, calls: () => calls };
}

const tokens = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2_000_000 }));
const usages = fc.tuple(tokens, tokens, tokens, tokens, tokens).map(([uncached, text, read, write, reasoning]) => ({
  prompt_tokens: uncached + read + write,
  completion_tokens: text + reasoning,
  cache_read_tokens: read,
  cache_write_tokens: write,
  reasoning_tokens: reasoning,
}));
const times = fc.integer({ min: micros("2024-01-01T00:00:00Z"), max: micros("2027-06-01T00:00:00Z") });

describe("genaiPrices", () => {
  it("says what the package says, for every model, usage and time", () => {
    const prices = genaiPrices(table);
    expect(MODELS.length).toBeGreaterThan(900);
    fc.assert(
      fc.property(fc.constantFrom(...MODELS), usages, times, ({ provider, model }, usage, at) => {
        const cost = prices.cost(model, usage, provider, at);
        const wanted = expected(model, provider, usage, at);
        if (wanted === undefined) expect([model, cost]).toEqual([model, undefined]);
        // The same sums in another order may round differently.
        else
          expect([model, Math.abs((cost ?? Number.NaN) - wanted) <= 1e-9 * Math.max(1, wanted)]).toEqual([model, true]);
      }),
      { numRuns: 5000 },
    );
  });

  it("knows exactly the models with a price for tokens", () => {
    const prices = genaiPrices(table);
    const at = micros("2026-11-20T10:00:00Z");
    for (const { provider, model } of MODELS) {
      const priced = expected(model, provider, { prompt_tokens: 1, completion_tokens: 1 }, at) !== undefined;
      expect([provider, model, prices.knows(model, provider)]).toEqual([provider, model, priced]);
    }
  });

  it("prices cached parts at their own rates and the rest at the full one", () => {
    const prices = genaiPrices(table);
    // USD per million: input 3, output 15, cache read 0.3, cache write 3.75.
    const usage = { prompt_tokens: 10_000, completion_tokens: 1000, cache_read_tokens: 6000, cache_write_tokens: 2000 };
    expect(prices.cost("claude-3-5-sonnet-20241022", usage)).toBe(
      (2000 * 3 + 6000 * 0.3 + 2000 * 3.75 + 1000 * 15) / 1e6,
    );
    // GPT-4o has no price for writing to the cache: those tokens are prompt tokens like any other.
    expect(prices.cost("gpt-4o", { ...usage, cache_read_tokens: 0 })).toBe((10_000 * 2.5 + 1000 * 10) / 1e6);
  });

  it("takes the price of the time", () => {
    const prices = genaiPrices(table);
    const cost = (at: string): number | undefined =>
      prices.cost("o3", { prompt_tokens: 1_000_000 }, "openai", micros(at));
    expect(cost("2025-06-09T23:59:59.999Z")).toBe(10);
    expect(cost("2025-06-10T00:00:00Z")).toBe(2);
    const night = (at: string): number | undefined =>
      prices.cost("deepseek-chat", { completion_tokens: 1_000_000 }, "deepseek", micros(at));
    expect(night("2026-11-20T00:29:59Z")).toBe(0.55);
    expect(night("2026-11-20T00:30:00Z")).toBe(1.1);
    expect(night("2026-11-20T16:29:59Z")).toBe(1.1);
    expect(night("2026-11-20T16:30:00Z")).toBe(0.55);
  });

  it("has a price of now for calls of an unknown time", () => {
    expect(genaiPrices(table).cost("gpt-4o", { prompt_tokens: 1000, completion_tokens: 100 })).toBe(0.0035);
  });

  it("takes the tier of the prompt for the whole call", () => {
    const prices = genaiPrices(table);
    const cost = (prompt: number): number | undefined =>
      prices.cost("gemini-2.5-pro", { prompt_tokens: prompt, completion_tokens: 1000 }, "google");
    expect(cost(200_000)).toBe(0.26);
    expect(cost(200_001)).toBe(roundUsd((200_001 * 2.5 + 1000 * 15) / 1e6));
  });

  it("says nothing when the usage says nothing, and counts what it says", () => {
    const prices = genaiPrices(table);
    expect(prices.cost("gpt-4o", {})).toBeUndefined();
    expect(prices.cost("gpt-4o", { prompt_tokens: Number.NaN, completion_tokens: -1 })).toBeUndefined();
    expect(prices.cost("gpt-4o", { prompt_tokens: 0, completion_tokens: 0 })).toBe(0);
    expect(prices.cost("gpt-4o", { completion_tokens: 1000 })).toBe(0.01);
    // A provider that counts cached tokens beside the prompt: the prompt is at least its parts.
    expect(prices.cost("claude-3-5-sonnet-20241022", { prompt_tokens: 10, cache_read_tokens: 1000 })).toBe(0.0003);
  });

  it("has no float noise", () => {
    const prices = genaiPrices(table);
    expect(prices.cost("gpt-4o-mini", { prompt_tokens: 1, completion_tokens: 2 })).toBe(0.00000135);
    expect(prices.cost("gpt-4o", { prompt_tokens: 3, completion_tokens: 0 })).toBe(0.0000075);
  });
});

describe("names of models and providers", () => {
  const prices = genaiPrices(table);
  const usage = { prompt_tokens: 1_000_000 };

  it.each([
    ["gpt-4o", undefined, 2.5],
    ["GPT-4o ", "OpenAI", 2.5],
    ["gpt-4o-2024-08-06", "openai", 2.5],
    ["gpt-4o", "azure.ai.openai", 2.5],
    ["gpt-4o", "openai.responses", 2.5],
    ["openai/gpt-4o", undefined, 2.5],
    ["openai/gpt-4o", "gateway", 2.5],
    ["gemini-2.5-flash", "gcp.gen_ai", 0.3],
    ["models/gemini-2.5-flash", "google", 0.3],
    ["grok-4", "x_ai", 3],
    ["grok-4", "xai.chat", 3],
    ["us.anthropic.claude-sonnet-4-20250514-v1:0", "aws.bedrock", 3],
    ["google/gemma-3-27b-it:free", "openrouter", 0],
  ])("%s of %s costs %d USD per million", (model, provider, price) => {
    expect(prices.knows(model, provider)).toBe(true);
    expect(prices.cost(model, usage, provider, micros("2026-11-20T10:00:00Z"))).toBe(price);
  });

  it.each([
    ["my-model", undefined],
    ["gpt-4o", "my-proxy"],
    ["gpt-4o", "my.proxy"],
    ["llama3.1:8b", "ollama"],
    ["whisper-large-v3", "groq"],
    ["gpt-4o", "github-copilot"],
    ["", undefined],
    ["__proto__", "__proto__"],
    ["my/gpt-4o", undefined],
    [`gpt-4o${"x".repeat(300)}`, undefined],
  ])("%s of %s is unpriced", (model, provider) => {
    expect(prices.knows(model, provider)).toBe(false);
    expect(prices.cost(model, usage, provider)).toBeUndefined();
  });
});

describe("the cache", () => {
  it("asks the table once per model and provider", () => {
    const { module, calls } = counted();
    const prices = genaiPrices(module);
    for (let round = 0; round < 100; round++) {
      prices.knows("gpt-4o");
      prices.cost("gpt-4o", { prompt_tokens: 1 }, undefined, round);
      prices.cost("gpt-4o", { prompt_tokens: 1 }, "openai");
      prices.cost("my-model", { prompt_tokens: 1 });
    }
    expect(calls()).toBe(3);
  });

  it("tells provider and model apart", () => {
    const { module, calls } = counted();
    const prices = genaiPrices(module);
    for (const [model, provider] of [["bc", "a"], ["c", "ab"], ["abc", undefined], [":abc", ""]] as const) prices.knows(model, provider); // biome-ignore format: pairs
    expect(calls()).toBe(4);
  });

  it("keeps the models in use while hostile names pass", () => {
    const { module, calls } = counted();
    const prices = genaiPrices(module);
    prices.knows("gpt-4o");
    for (let at = 0; at < 5000; at++) {
      prices.knows(`hostile-${at}`);
      prices.knows("gpt-4o");
    }
    expect(calls()).toBe(5001);
  });

  it("has no price where the table throws", () => {
    const module: GenaiPricesModule = {
      calcPrice: () => {
        throw new Error("Invalid price value");
      },
    };
    expect(genaiPrices(module).knows("gpt-4o")).toBe(false);
  });

  it.each<[string, number, ConditionalPrices["constraint"]]>([
    ["a date that is none", 1, { type: "start_date", start_date: "soon" }],
    ["a date that has come", 2, { type: "start_date", start_date: "2026-11-20" }],
    ["a date to come", 1, { type: "start_date", start_date: "2026-11-21" }],
    ["a time that is none", 1, { type: "time_of_date", start_time: "late", end_time: "early" }],
    ["a window over midnight", 2, { type: "time_of_date", start_time: "23:00:00Z", end_time: "01:00:00Z" }],
    ["the end of a window over midnight", 1, { type: "time_of_date", start_time: "23:45:00Z", end_time: "23:30:00Z" }],
    ["a window with an offset", 2, { type: "time_of_date", start_time: "00:00:00+01:00", end_time: "01:00:00+01:00" }],
    ["a later one", 1, { type: "time_of_date", start_time: "23:00:00-01:00", end_time: "23:45:00-01:00" }],
  ])("understands %s", (_, price, constraint) => {
    const at = micros("2026-11-20T23:30:00Z");
    const one = { input_mtok: 1 };
    const usage = { prompt_tokens: 1_000_000 };
    const conditional = { prices: { input_mtok: 2 }, ...(constraint === undefined ? {} : { constraint }) };
    const of = (prices: ConditionalPrices[]): number | undefined =>
      genaiPrices({ calcPrice: () => ({ model: { id: "m", prices }, model_price: one }) }).cost(
        "m",
        usage,
        undefined,
        at,
      );
    expect(of([{ prices: one }, conditional])).toBe(price);
    // Where none holds, the first one counts.
    expect(of([conditional])).toBe(2);
  });
});
