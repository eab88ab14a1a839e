import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Collector } from "../../collector/collector";
import type { CollectorConfig } from "../../collector/config/config";
import { policySource } from "../../collector/config/policies";
import { Forwarder } from "../../collector/forward/forwarder";
import { collectorApp } from "../../collector/server/app";
import { createAsk } from "../../logql/ask";
import type { DunetraceOptions } from "../../sdk/options";
import { REDUCTION } from "../../sdk/reduction";
import { setUp } from "../../sdk/setup";
import { listen } from "../../server/listen";
import { UsageError } from "../errors";
import type { Io } from "../io";
import type { Address } from "../listenAddress";
import type { ConnectedLoki } from "../loki/connect";
import { collectorKey } from "./key";

export interface CollectSetting {
  readonly listen: Address;
  readonly outputs: Pick<DunetraceOptions, "emitAsJson" | "file" | "loki" | "endpoint">;
  readonly judging: Pick<DunetraceOptions, "detectors" | "baselines" | "capture">;
  readonly config: CollectorConfig;
  /** Path of a policies file. */
  readonly policies?: string | undefined;
  /** What scripts ask over. */
  readonly query?: Pick<ConnectedLoki, "api" | "scope"> | undefined;
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
 * @throws OptionsError, DetectorConfigError, BaselineFileError, PolicyError, OpenBindError, UsageError, or Error when the address cannot
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
  // The variable is where agents find this collector: it must not send its lines to itself.
  const { recording, detectors, baselines } = setUp(given, { ...io.env, DUNETRACE_ENDPOINT: undefined });
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
  const { query } = setting;
  const ask =
    query &&
    createAsk(query.api, { scope: query.scope, config: detectors, prices, reduction: REDUCTION, now: () => io.now() });
  const app = collectorApp({
    collector,
    policies: policySource(setting.policies && resolve(io.cwd, setting.policies), recording.faults),
    rest: ask && { ask, now: () => io.now() },
    outputs: () => outputs.counts,
    forwarded: forwarder && (() => forwarder.counts),
    apiKey: collectorKey(io),
    host: address.host,
    maxBodyBytes: config.maxBodyBytes,
    requestsPerSecond: config.maxRequestsPerSecond,
    onAccepted: forwarder && ((bytes, headers) => forwarder.take(bytes, headers)),
    report: (message) => void io.stderr.write(`${message}\n`),
  });
  const served = await listen((request, from) => app.fetch(request, from), address);
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
