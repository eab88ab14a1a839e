import { createRequire } from "node:module";
import {
  type CallUsage,
  type GenaiPricesModule,
  genaiPrices,
  type PriceOverrides,
  type Prices,
  withOverrides,
} from "../core/prices";
import { isRecord, type Micros } from "../core/wire";
import { readDocument } from "./configFile";
import { OptionsError } from "./optionValues";

const require = createRequire(import.meta.url);

let loaded: Prices | undefined;

/**
 * The price table of the npm package `@pydantic/genai-prices`, loaded synchronously on first use (some 80 ms, once) and
 * never from the network.
 */
export function loadPrices(): Prices {
  if (loaded !== undefined) return loaded;
  const module: GenaiPricesModule = require("@pydantic/genai-prices");
  loaded = genaiPrices(module);
  return loaded;
}

/** The price table, loaded when the first call has to be priced. */
export class LazyPrices implements Prices {
  knows(model: string, provider?: string): boolean {
    return loadPrices().knows(model, provider);
  }

  cost(model: string, usage: CallUsage, provider?: string, at?: Micros): number | undefined {
    return loadPrices().cost(model, usage, provider, at);
  }
}

/** Only its shape from afar: `withOverrides` checks every price and names what is wrong. */
function isOverrides(document: unknown): document is PriceOverrides {
  return isRecord(document);
}

/**
 * The prices of a client.
 *
 * @param option prices of one's own by model, or the path of a JSON file with them
 * @param place what gave it, for messages
 * @throws OptionsError when the file cannot be read; PriceOverrideError when a price is none
 */
export function pricesFor(option: string | object | undefined, place = 'The option "prices"'): Prices {
  const prices = new LazyPrices();
  if (option === undefined) return prices;
  const document: unknown = typeof option === "string" ? readDocument(option, place, "JSON", JSON.parse) : option;
  if (isOverrides(document)) return withOverrides(prices, document);
  throw new OptionsError(`${place} must hold prices by model, such as { "my-model": { input: 1, output: 4 } }.`);
}
