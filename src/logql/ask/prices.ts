import type { Prices } from "../../core/prices";
import type { AskSettings } from "./settings";

type Loader = Extract<AskSettings["prices"], () => unknown>;

/** Tables by what loads them, so that each is loaded once. */
const loading = new WeakMap<Loader, Promise<Prices | undefined>>();

/** The price table of the settings, loaded where it has to be; undefined where there is none. */
export async function pricesOf({ prices }: AskSettings): Promise<Prices | undefined> {
  if (typeof prices !== "function") return prices;
  const known = loading.get(prices);
  if (known !== undefined) return known;
  // Answers without a table are right too, only less is priced; the next question tries again.
  const loaded = prices().catch(() => {
    loading.delete(prices);
    return undefined;
  });
  loading.set(prices, loaded);
  return loaded;
}
