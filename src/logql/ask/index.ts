/**
 * Every question of the views and the datasource, answered from a Loki: one function for all who show something.
 *
 * @example
 * const ask = createAsk(api, { scope: {}, config: new DetectorConfig(), now: Date.now });
 * const { runs } = await ask("runs", { range: { from, to } });
 */
export { createAsk } from "./createAsk";
export type * from "./questions";
export type { AskSettings } from "./settings";
