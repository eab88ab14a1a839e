import { Collector } from "../../collector/collector";
import type { RouteOptions } from "../../collector/server/app";
import type { Baselines } from "../../core/baselines";
import type { DetectorConfig } from "../../core/detectors";
import { createAsk } from "../../logql/ask";
import type { OpenedStore } from "../../loki";
import { Content } from "../../sdk/content";
import { nodeHash } from "../../sdk/hashing";
import { LazyPrices } from "../../sdk/prices";
import { REDUCTION } from "../../sdk/reduction";
import type { Io } from "../io";

export interface StoreCollectorOptions {
  readonly store: OpenedStore;
  readonly detectors: DetectorConfig;
  readonly baselines: Baselines;
  readonly io: Pick<Io, "now" | "every">;
  /** What senders are asked for. */
  readonly apiKey?: string | undefined;
}

/** A collector whose lines go into a store, and whose answers to scripts come from there. */
export interface StoreCollector {
  readonly routes: RouteOptions;
  /** Writes what is open, before the store is closed. */
  close(): void;
}

const TICK_MS = 250;

export function storeCollector({ store, detectors, baselines, io, apiKey }: StoreCollectorOptions): StoreCollector {
  const prices = new LazyPrices();
  const now = (): number => io.now();
  let waiting: string[] = [];
  const flush = (): void => {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    const { refused, broken } = store.pushLines(lines);
    collector.counters.lost_lines += refused + broken;
  };
  const collector = new Collector({
    clock: () => now() * 1000,
    // The lines of one request are stored together, before it is answered.
    output: {
      write: (line) => {
        if (waiting.push(line) === 1) queueMicrotask(flush);
        return true;
      },
    },
    content: new Content("hash", nodeHash(), "sha256"),
    prices,
    detectors,
    baselines,
  });
  const offTimer = io.every(TICK_MS, () => collector.tick());
  const settings = { scope: {}, config: detectors, baselines, prices, reduction: REDUCTION, now };
  return {
    routes: {
      collector,
      apiKey,
      outputs: () => ({ dropped: {} }),
      rest: { ask: createAsk(store.api(), settings), now },
    },
    close() {
      offTimer();
      collector.close();
      flush();
    },
  };
}
