import { setTimeout as sleep } from "node:timers/promises";
import { Collector } from "../../collector/collector";
import type { CollectorConfig } from "../../collector/config/config";
import { Forwarder } from "../../collector/forward/forwarder";
import { collectorApp } from "../../collector/server/app";
import type { DunetraceOptions } from "../../sdk/options";
import { setUp } from "../../sdk/setup";
import { listen } from "../../server/listen";
import { UsageError } from "../errors";
import type { Io } from "../io";
import type { Address } from "../listenAddress";

export interface CollectSetting {
  readonly listen: Address;
  readonly outputs: Pick<DunetraceOptions, "emitAsJson" | "file" | "loki" | "endpoint">;
  readonly judging: Pick<DunetraceOptions, "detectors" | "baselines" | "capture">;
  readonly config: CollectorConfig;
}

/** A collector that runs. */
export interface RunningCollector {
  readonly url: string;
  /** Where lines go, by name. */
  readonly outputs: readonly string[];
  /** Writes open runs, flushes the outputs, passes on what waits. */
  close(): Promise<void>;
  /** What it did, in one sentence. */
  summary(): string;
}

const TICK_MS = 250;
const CLOSING_MS = 5000;

/**
 * @throws OptionsError, DetectorConfigError, BaselineFileError, OpenBindError, UsageError, or Error when the address cannot
 *   be listened on
 */
export async function startCollector(setting: CollectSetting, io: Io): Promise<RunningCollector> {
  const { config, listen: address } = setting;
  const given: DunetraceOptions = {
    ...setting.outputs,
    ...setting.judging,
    writeMode: "batched",
    debug: true,
  };
  const { recording, detectors, baselines } = setUp(given, io.env);
  const { outputs, content, prices, maxLineBytes } = recording;
  if (!outputs.any) {
    throw new UsageError("Lines need somewhere to go: name a --file, --loki URL or --endpoint URL, or give --stdout");
  }
  const collector = new Collector({
    clock: () => io.now() * 1000,
    output: outputs,
    content,
    prices,
    detectors,
    baselines,
    maxLineBytes,
    agents: config.agents,
    classify: config.classify,
    innerSpans: config.innerSpans,
    excluded: new Set(config.excludeSpans),
    graceMs: config.graceMs,
    idleMs: config.idleMs,
    maxTraces: config.maxTraces,
    maxSpans: config.maxSpansPerTrace,
  });
  const forwarder =
    config.forward === undefined
      ? undefined
      : new Forwarder({ url: config.forward, send: fetch, sleep: async (ms, signal) => pause(ms, signal) });
  const apiKey = io.env.DUNETRACE_COLLECTOR_KEY;
  const app = collectorApp({
    collector,
    outputs: () => outputs.counts,
    forwarded: forwarder && (() => forwarder.counts),
    apiKey: apiKey === "" ? undefined : apiKey,
    host: address.host,
    maxBodyBytes: config.maxBodyBytes,
    onAccepted: forwarder && ((bytes, headers) => forwarder.take(bytes, headers)),
    report: (message) => void io.stderr.write(`${message}\n`),
  });
  const served = await listen((request) => app.fetch(request), address);
  const offTimer = io.every(TICK_MS, () => collector.tick());
  return {
    url: served.url,
    outputs: Object.keys(outputs.counts.dropped),
    async close() {
      await served.close();
      offTimer();
      collector.close();
      await Promise.all([outputs.close(CLOSING_MS), forwarder?.close(CLOSING_MS)]);
    },
    summary() {
      const { runs, lines, lost_lines } = collector.counters;
      const lost = Object.values(outputs.counts.dropped).reduce((sum, dropped) => sum + dropped, 0);
      const losses = Math.max(lost, lost_lines);
      return `Wrote ${runs} ${runs === 1 ? "run" : "runs"}, ${lines} lines${losses === 0 ? "" : `, of which ${losses} were lost`}`;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
