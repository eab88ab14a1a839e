export { type GenaiPricesModule, genaiPrices } from "./genaiPrices";
export { PriceOverrideError, type PriceOverrides, type TokenPrice, withOverrides } from "./overrides";
export type { CallUsage, Prices } from "./prices";
export { roundUsd } from "./rates";
