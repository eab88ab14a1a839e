import type { Micros } from "../wire/line";
import { type ConditionalPrices, PricedModel } from "./pricedModel";
import type { CallUsage, Prices } from "./prices";
import type { PriceList } from "./rates";
import { RecentMap } from "./recentMap";

/** What is used of the npm package `@pydantic/genai-prices`. */
export interface GenaiPricesModule {
  calcPrice(
    usage: Record<string, number | undefined>,
    modelId: string,
    options?: { providerId?: string },
  ): {
    readonly model: { readonly id: string; readonly prices: PriceList | ConditionalPrices[] };
    readonly model_price: PriceList;
  } | null;
}

/** OpenTelemetry's names of providers that genai-prices calls otherwise. */
const PROVIDER_IDS: ReadonlyMap<string, string> = new Map([
  ["gcp.gen_ai", "google"],
  ["x_ai", "x-ai"],
]);

/** With this provider genai-prices takes the provider from the model: `openai/gpt-4o`. */
const NAMED_BY_MODEL = "litellm";

/** Models per generation of the cache: agents use a handful, hostile names must not fill the memory. */
const CACHED_MODELS = 512;
/** As names are on the wire; no longer one is a model. */
const MAX_NAME_LENGTH = 256;

/** OpenRouter's models without charge. The table has them, but with nothing to charge. */
const FREE = /:free$/;

type Found = NonNullable<ReturnType<GenaiPricesModule["calcPrice"]>>;

/** The names to look a model up by, best first. */
function* namesOf(
  model: string,
  provider: string | undefined,
): Generator<[model: string, provider: string | undefined]> {
  yield [model, provider];
  if (provider !== undefined) {
    const id = PROVIDER_IDS.get(provider);
    if (id !== undefined) yield [model, id];
    // The Vercel AI SDK names provider and API: "xai.chat".
    const dot = provider.indexOf(".");
    if (dot > 0) yield [model, provider.slice(0, dot)];
  }
  // The Gemini API names its models "models/gemini-2.5-pro"; gateways and LiteLLM write "openai/gpt-4o".
  if (model.startsWith("models/")) yield [model.slice("models/".length), provider];
  else if (model.includes("/")) yield [model, NAMED_BY_MODEL];
}

function find(module: GenaiPricesModule, model: string, provider: string | undefined): Found | null {
  for (const [name, providerId] of namesOf(model, provider)) {
    const found = lookUp(module, name, providerId);
    if (found !== null) return found;
  }
  return null;
}

function lookUp(module: GenaiPricesModule, model: string, providerId: string | undefined): Found | null {
  try {
    return module.calcPrice({}, model, providerId === undefined ? {} : { providerId });
  } catch {
    // It throws on prices it cannot read: then there is no price, which is shown as such.
    return null;
  }
}

function pricedModel(found: Found | null): PricedModel | undefined {
  if (found === null) return undefined;
  const { model, model_price } = found;
  if (FREE.test(model.id) && Object.keys(model_price).length === 0) return FREE_MODEL;
  const priced = new PricedModel(Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }], model_price);
  return priced.priced ? priced : undefined;
}

const NOTHING: PriceList = { input_mtok: 0, output_mtok: 0 };
const FREE_MODEL = new PricedModel([{ prices: NOTHING }], NOTHING);

class GenaiPrices implements Prices {
  readonly #module: GenaiPricesModule;
  /** null for a model without price. */
  readonly #models = new RecentMap<string, PricedModel | null>(CACHED_MODELS);
  #lastModel: string | undefined;
  #lastProvider: string | undefined;
  #last: PricedModel | null = null;

  constructor(module: GenaiPricesModule) {
    this.#module = module;
  }

  knows(model: string, provider?: string): boolean {
    return this.#lookUp(model, provider) !== null;
  }

  cost(model: string, usage: CallUsage, provider?: string, at?: Micros): number | undefined {
    return this.#lookUp(model, provider)?.ratesAt(at)?.cost(usage);
  }

  #lookUp(model: string, provider: string | undefined): PricedModel | null {
    if (model === this.#lastModel && provider === this.#lastProvider) return this.#last;
    if (model.length > MAX_NAME_LENGTH || (provider?.length ?? 0) > MAX_NAME_LENGTH) return null;
    // With its length the provider cannot be mistaken for a part of the model.
    const key = provider === undefined ? `:${model}` : `${provider.length}:${provider}${model}`;
    let found = this.#models.get(key);
    if (found === undefined) {
      found = pricedModel(find(this.#module, model, provider)) ?? null;
      this.#models.set(key, found);
    }
    this.#lastModel = model;
    this.#lastProvider = provider;
    this.#last = found;
    return found;
  }
}

/**
 * Prices from the table that comes with `@pydantic/genai-prices`: offline, with dated, tiered and cache prices. The package
 * takes 25 µs per call; here a model is looked up once and priced from its rates after that.
 *
 * A model is known when the table lists a price for its tokens. Names are matched as the package does; besides, the
 * provider names of OpenTelemetry and the Vercel AI SDK are known, and models that name their provider (`openai/gpt-4o`).
 * A provider the table does not have leaves a model unpriced: what it charges is not known.
 *
 * Unknown counts cost nothing, so the cost of a call that states only some of its counts is a lower bound. Without `at`
 * the prices count that held when the model was first looked up.
 *
 * @example
 * import * as table from "@pydantic/genai-prices";
 * genaiPrices(table).cost("gpt-4o", { prompt_tokens: 1000, completion_tokens: 100 }) // 0.0035
 */
export function genaiPrices(module: GenaiPricesModule): Prices {
  return new GenaiPrices(module);
}
