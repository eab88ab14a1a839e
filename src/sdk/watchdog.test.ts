import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunRecorder } from "./recorder";
import { RecordedClient } from "./testing/record";
import { Watchdog } from "./watchdog";

/** What nothing holds is gone after this. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (typeof gc !== "function") throw new Error("this Node has no gc");
  // References that were looked at stay until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  gc();
}

/** Lets time pass for the clock of the client and for timers alike. */
function pass(client: RecordedClient, ms: number): void {
  client.clock.pass(ms);
  vi.advanceTimersByTime(ms);
}

const reported = (client: RecordedClient) =>
  client
    .of("signal.detected")
    .map(({ payload, step_index }) => [payload.failure_type, payload.severity, payload.phase, step_index]);

describe("a call that hangs", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is reported past the limit, and again when it gets worse, while it still hangs", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.toolCalled("crawl");
    pass(client, 15_000);
    expect(reported(client)).toEqual([]);
    pass(client, 10);
    expect(reported(client)).toEqual([["SLOW_STEP", "LOW", "live", 1]]);
    pass(client, 59_980);
    expect(reported(client)).toHaveLength(1);
    pass(client, 100);
    expect(reported(client)).toEqual([
      ["SLOW_STEP", "LOW", "live", 1],
      ["SLOW_STEP", "HIGH", "live", 1],
    ]);
    expect(client.of("signal.detected")[1]?.payload.evidence).toMatchObject({ name: "crawl", step_index: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is a model call only after its own limit", () => {
    const client = new RecordedClient();
    client.dt.startRun("research").llmCalled("gpt-4o");
    pass(client, 30_000);
    expect(reported(client)).toEqual([]);
    pass(client, 10);
    expect(reported(client)).toEqual([["SLOW_STEP", "LOW", "live", 1]]);
  });

  it("goes by the baseline where there is one", () => {
    const agents = { research: { "*": { runs: 30, p75: { slowest_tool_ms: 400 } } } };
    const baselines = { schema: 1, generated_at: "2026-11-20T00:00:00Z", window_days: 7, agents };
    const client = new RecordedClient({ baselines });
    client.dt.startRun("research").toolCalled("crawl");
    pass(client, 810);
    expect(reported(client)).toEqual([["SLOW_STEP", "MEDIUM", "live", 1]]);
  });

  it("is none when the tool waits for a person", () => {
    const client = new RecordedClient({ humanTools: ["approve"] });
    client.dt.startRun("research").toolCalled("approve");
    pass(client, 200_000);
    expect(reported(client)).toEqual([]);
  });

  it("is found also where a later call was opened first to be due", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.llmCalled("gpt-4o");
    pass(client, 1000);
    run.toolCalled("crawl");
    pass(client, 15_010);
    expect(reported(client)).toEqual([["SLOW_STEP", "LOW", "live", 2]]);
  });
});

describe("the watchdog", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("has no timer before the first call and none after the run", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    expect(vi.getTimerCount()).toBe(0);
    const call = run.toolCalled("search");
    run.toolCalled("fetch");
    expect(vi.getTimerCount()).toBe(1);
    call.responded();
    run.end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets its timer go when it finds no call open", () => {
    const client = new RecordedClient();
    client.dt.startRun("research").toolCalled("search").responded();
    pass(client, 20_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(reported(client)).toEqual([]);
  });

  it("lets a run go of which all is said, and takes it up at its next call", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.toolCalled("crawl");
    pass(client, 15_010);
    pass(client, 60_000);
    expect(reported(client)).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
    run.llmCalled("gpt-4o");
    expect(vi.getTimerCount()).toBe(1);
    pass(client, 30_010);
    expect(reported(client).at(-1)).toEqual(["SLOW_STEP", "HIGH", "live", 1]);
    run.end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("keeps no run that is never ended", async () => {
    const watched: WeakRef<RunRecorder>[] = [];
    const { opened } = Watchdog.prototype;
    const seen = vi.spyOn(Watchdog.prototype, "opened").mockImplementation(function (this: Watchdog, run, ...call) {
      watched.push(new WeakRef(run));
      opened.call(this, run, ...call);
    });
    const client = new RecordedClient();
    for (let n = 0; n < 20; n++) client.dt.startRun("research").toolCalled("crawl");
    pass(client, 15_010);
    pass(client, 60_000);
    seen.mockRestore();
    vi.useRealTimers();
    await collectGarbage();
    expect(watched).toHaveLength(20);
    expect(watched.filter((run) => run.deref() !== undefined)).toEqual([]);
  });

  it("keeps one timer for many runs", () => {
    const client = new RecordedClient();
    const runs = Array.from({ length: 50 }, (_, index) => client.dt.startRun(`agent-${index}`));
    for (const run of runs) run.toolCalled("search");
    expect(vi.getTimerCount()).toBe(1);
    for (const run of runs) run.end();
    expect(vi.getTimerCount()).toBe(0);
  });
});
