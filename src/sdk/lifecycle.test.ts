import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Dunetrace } from "./client";
import type { PinoDestination } from "./sinks/pino";
import { linesOf, temporaryFolder } from "./testing/files";
import { RecordedClient } from "./testing/record";

const folder = temporaryFolder();

/** A destination whose flush is answered when the test says so. */
class SlowDestination implements PinoDestination {
  flushes = 0;
  #waiting: (() => void)[] = [];
  write(): void {
    // Takes everything.
  }
  flush(done: () => void): void {
    this.flushes++;
    this.#waiting.push(done);
  }
  answer(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}

const settledWithin = async (promise: Promise<unknown>, ms: number): Promise<boolean> => {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms));
  return Promise.race([promise.then(() => true), late]);
};

describe("flush", () => {
  it("writes what waits", async () => {
    const file = join(folder(), "agent.ndjson");
    const dt = new Dunetrace({ file, writeMode: "batched", flushIntervalMs: 60_000 });
    dt.run("agent", () => undefined);
    expect(linesOf(file)).toEqual([]);
    await dt.flush();
    expect(linesOf(file)).toHaveLength(2);
    await dt.shutdown();
  });

  it("waits for its outputs, no longer than it is told", async () => {
    const logger = new SlowDestination();
    const { dt } = new RecordedClient({ logger });
    const waiting = dt.flush({ timeoutMs: 60_000 });
    expect(await settledWithin(waiting, 20)).toBe(false);
    logger.answer();
    await waiting;
    const start = performance.now();
    await dt.flush({ timeoutMs: 30 });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("does nothing after a shutdown", async () => {
    const logger = new SlowDestination();
    const { dt } = new RecordedClient({ logger });
    const closing = dt.shutdown();
    logger.answer();
    await closing;
    await dt.flush();
    expect(logger.flushes).toBe(1);
  });
});

describe("shutdown", () => {
  it("happens once, however often it is asked for", async () => {
    const logger = new SlowDestination();
    const { dt } = new RecordedClient({ logger });
    const both = Promise.all([dt.shutdown(), dt.shutdown({ timeoutMs: 10 })]);
    expect(logger.flushes).toBe(1);
    logger.answer();
    await both;
    await dt.shutdown();
    expect(logger.flushes).toBe(1);
  });

  it("is over after its time, whatever the outputs do", async () => {
    const { dt } = new RecordedClient({ logger: new SlowDestination() });
    const start = performance.now();
    await dt.shutdown({ timeoutMs: 30 });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("leaves agents running, and counts the lines that come too late", async () => {
    const file = join(folder(), "agent.ndjson");
    const dt = new Dunetrace({ file });
    const run = dt.startRun("agent");
    await dt.shutdown();
    run.toolCalled("search").responded();
    run.end();
    expect(await dt.run("agent", async () => 42)).toBe(42);
    expect(linesOf(file)).toHaveLength(1);
    expect(dt.counters).toEqual({ dropped: { [`file ${file}`]: 5 }, faults: 0 });
  });

  it.each([undefined, Number.NaN, -5, "soon" as never])("takes no harm from timeoutMs: %s", async (timeoutMs) => {
    await new RecordedClient().dt.shutdown({ timeoutMs });
  });
});

describe("a client that is not shut down", () => {
  it("keeps its memory flat over many runs", () => {
    const { dt } = new RecordedClient({ logger: { write: () => undefined } });
    const play = (runs: number) => {
      for (let at = 0; at < runs; at++) dt.run("agent", (run) => run.toolCalled("search", { at }).responded());
    };
    const heap = () => {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };
    play(2000);
    const before = heap();
    play(10_000);
    const grown = heap() - before;
    // Without --expose-gc garbage counts too, so the bound is wide there; `npm run bench` measures it exactly.
    expect(grown).toBeLessThan(globalThis.gc === undefined ? 200e6 : 5e6);
  });
});
