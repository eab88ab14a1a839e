import { DEFAULT_VIEW_SETTINGS, type ViewEnvironment, type ViewSettings } from "../components/environment";
import { parseBaselines } from "../core/baselines";
import { parseDetectorConfig } from "../core/detectors";
import { genaiPrices, type Prices } from "../core/prices";
import { isRecord } from "../core/wire";
import { type Ask, createAsk } from "../logql/ask";
import { HttpLoki } from "../logql/client";
import { firstStepsOf } from "./firstSteps";
import { browserPlatform } from "./platform";

/** What `dunetrace dev` tells its page, and the way to ask its store. */
export interface Served {
  readonly ask: Ask;
  readonly settings: ViewSettings;
  readonly source: string;
  readonly firstSteps: ViewEnvironment["firstSteps"];
  readonly version: string;
}

/** Where `dunetrace dev` tells thresholds, baselines and where the lines come from. */
const SETTINGS = "page/settings.json";
/** Asking more often than this helps nobody, ms. */
const MIN_POLL_MS = 50;

/**
 * Reads what the server goes by.
 *
 * @throws Error when it does not answer, or not as this page expects
 */
export async function readServed(base: string): Promise<Served> {
  const answer = await fetch(new URL(SETTINGS, base));
  if (!answer.ok) throw new Error(`${SETTINGS} answered ${answer.status}`);
  const document: unknown = await answer.json();
  if (!isRecord(document)) throw new Error(`${SETTINGS} is no object`);
  const { detectors, baselines, source, version, stallAfterMs, pollMs } = document;
  const loki = new HttpLoki({ url: new URL(".", base).href.replace(/\/$/, "") }, browserPlatform());
  const ask = createAsk(loki, {
    scope: {},
    config: parseDetectorConfig(detectors, "the thresholds of dunetrace dev"),
    ...(isRecord(baselines) ? { baselines: parseBaselines(baselines, "the baselines of dunetrace dev") } : {}),
    prices: loadPrices,
    now: Date.now,
    ...(typeof stallAfterMs === "number" ? { stallAfterMs } : {}),
  });
  return {
    ask,
    settings: { ...DEFAULT_VIEW_SETTINGS, ...(typeof pollMs === "number" && pollMs >= MIN_POLL_MS ? { pollMs } : {}) },
    source: typeof source === "string" ? source : base,
    firstSteps: firstStepsOf(base),
    version: typeof version === "string" ? version : "",
  };
}

/** The table that the terminal prices with: 90 kB, fetched when the first run is read from its events. */
async function loadPrices(): Promise<Prices> {
  return genaiPrices(await import("@pydantic/genai-prices"));
}
