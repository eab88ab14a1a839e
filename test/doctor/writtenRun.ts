import type { DunetraceOptions } from "../../src/sdk/options";
import { RecordedClient } from "../../src/sdk/testing/record";

export interface WrittenRun {
  readonly agentId: string;
  /** When it ended, ms; default: a minute ago, which Loki and shippers take and nobody waits for. */
  readonly endedAt?: number;
  /** Without its end. */
  readonly running?: boolean;
  readonly options?: DunetraceOptions;
}

/** Lines of a run as the SDK writes them, without line ends: a tool call and an answer. */
export function writtenRun({ agentId, endedAt, running = false, options = {} }: WrittenRun): string[] {
  const client = new RecordedClient(options);
  client.clock.now = ((endedAt ?? Date.now() - 60_000) - 3_000) * 1000;
  const run = client.dt.startRun(agentId, { model: "gpt-4o", tools: ["search"] }, {});
  client.clock.pass(1_000);
  const call = run.toolCalled("search", { query: "dunes" });
  client.clock.pass(1_000);
  call.responded({});
  client.clock.pass(1_000);
  if (!running) run.end();
  return client.texts.map((text) => text.trimEnd());
}
