import { NO_BASELINES } from "../core/baselines";
import { DetectorConfig } from "../core/detectors";
import { Content } from "../sdk/content";
import { nodeHash } from "../sdk/hashing";
import { LazyPrices } from "../sdk/prices";
import { Collector, type CollectorOptions } from "./collector";
import { type AppOptions, collectorApp } from "./server/app";

interface TestCollectorOptions extends Partial<AppOptions>, Pick<CollectorOptions, "classify"> {
  /** Now, ms since the Unix epoch. */
  readonly now?: () => number;
}

/** A collector in process: what it writes, and its server asked without a network. */
export function testCollector(options: TestCollectorOptions = {}) {
  const { now = Date.now, classify, ...appOptions } = options;
  const written: string[] = [];
  const collector = new Collector({
    clock: () => now() * 1000,
    output: { write: (line) => written.push(line) > 0 },
    content: new Content("hash", nodeHash(), "sha256"),
    prices: new LazyPrices(),
    detectors: new DetectorConfig(),
    baselines: NO_BASELINES,
    classify,
  });
  const problems: string[] = [];
  const app = collectorApp({
    collector,
    outputs: () => ({ dropped: {} }),
    host: "127.0.0.1",
    report: (message) => problems.push(message),
    ...appOptions,
  });
  const ask = async (path: string, init: RequestInit = {}, client = "127.0.0.1"): Promise<Response> => {
    const headers = { host: "127.0.0.1:4318", ...init.headers };
    return app.request(`http://127.0.0.1:4318${path}`, { ...init, headers }, { client });
  };
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    ask(path, { method: "POST", body, headers });
  return { app, collector, written, problems, ask, post };
}
