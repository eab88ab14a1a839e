import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { type Performed, perform } from "../demo/performance";
import { describeReal, push, readLines, type Section, startLoki, waitFor } from "../real";
import { ship } from "./configs";
import { expectManifest } from "./verdicts";

const RUNS = 2000;
const TIMEOUT_MS = 300_000;

/**
 * More than a day of lines at once: by default Loki closes a chunk that spans two hours, and looks for lines older than
 * three hours on disk alone, where the index of a chunk closed just now is not yet.
 */
const PAST: Section = {
  ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" }, max_chunk_age: "48h" },
  querier: { query_ingesters_within: "0s" },
};

let performed: Performed;
let lines: readonly string[];

beforeAll(async () => {
  performed = await perform("--runs", String(RUNS), "--at", new Date().toISOString());
  lines = performed.lines.trimEnd().split("\n");
}, TIMEOUT_MS);

describeReal("2,000 runs of the demo through Promtail and a real Loki", ["loki", "promtail"], () => {
  it("are judged as the manifest says, every one of them", { timeout: TIMEOUT_MS }, async () => {
    const loki = await startLoki({ config: PAST });
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    appendFileSync(join(logs, "agents.ndjson"), performed.lines);
    await waitFor(async () => (await readLines(loki.url, '{agent_id=~".+"}')).length >= lines.length, {
      deadlineMs: 120_000,
      everyMs: 1000,
      what: () => `${lines.length} lines in Loki\n${promtail.logs()}`,
    });
    await promtail.stop();
    expect(Object.keys(performed.manifest)).toHaveLength(RUNS);
    await expectManifest(performed, loki.url);
  });
});

describe("2,000 runs of the demo pushed to `dunetrace loki`", () => {
  it("are judged as the manifest says, every one of them", { timeout: TIMEOUT_MS }, async () => {
    const io = new FakeIo();
    io.time = Date.now();
    const served = main(["loki", "--listen", "127.0.0.1:0"], io);
    try {
      const url = await waitFor(() => /Loki for development on (\S+)/.exec(io.stdout.text)?.[1], {
        what: "an address",
      });
      await push(url, lines);
      await expectManifest(performed, url);
    } finally {
      io.interrupt();
      await served;
    }
  });
});
