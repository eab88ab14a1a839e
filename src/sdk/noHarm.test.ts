import { describe, expect, it } from "vitest";
import type { Dunetrace } from "./client";
import type { RunContext } from "./runContext";
import { Outputs } from "./sinks/outputs";
import type { Sink } from "./sinks/sink";
import { RecordedClient } from "./testing/record";

/** A value of any type, as JavaScript code may pass it. */
type Hostile = never;

const cyclic: Record<string, unknown> = { name: "cyclic" };
cyclic.self = cyclic;
let deep: unknown = "bottom";
for (let level = 0; level < 20_000; level++) deep = { deep };
const trap = () => {
  throw new Error("trap");
};
const VALUES: readonly [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 42],
  ["NaN", Number.NaN],
  ["a symbol", Symbol("s")],
  ["a bigint", 10n ** 40n],
  ["a function", trap],
  ["a frozen object", Object.freeze({ a: Object.freeze([1]) })],
  ["a cyclic object", cyclic],
  ["a deep object", deep],
  ["a wide object", Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key-${at}`, at]))],
  ["a huge text", "x".repeat(5_000_000)],
  ["an object without a prototype", Object.assign(Object.create(null), { a: 1 })],
  ["an object whose getter throws", Object.defineProperty({}, "a", { enumerable: true, get: trap })],
  ["an object whose toJSON throws", { toJSON: trap }],
  ["an object whose toString throws", { toString: trap, message: { toString: trap } }],
  ["a proxy that throws", new Proxy({}, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap })],
  ["a revoked proxy", revoked()],
  ["a lone surrogate", "\ud800 and \udc00"],
  ["quotes, newlines and markup", '"}\n{"event_type":"run.completed"}\u2028<script>'],
  ["bytes", new Uint8Array(1_000_000)],
  ["a date that is none", new Date(Number.NaN)],
  ["a map of itself", new Map([[cyclic, cyclic]])],
  ["__proto__", JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}')],
];

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Everything the public API takes, given the same value everywhere. */
function playWith(dt: Dunetrace, value: Hostile): void {
  const moment = { at: value, spanId: value, parentSpanId: value };
  const options = {
    userInput: value,
    systemPrompt: value,
    model: value,
    tools: value,
    humanTools: [value],
    userId: value,
    sessionId: value,
    tags: value,
    version: value,
    runId: value,
    parentRunId: value,
    traceId: value,
    kind: value,
    source: value,
    attrs: value,
  };
  const run = dt.startRun(value, options, moment);
  run
    .toolCalled(value, value, moment)
    .responded({ success: value, output: value, outputLength: value, latencyMs: value });
  run.toolCalled("search", value).responded({ error: value }, moment);
  run.toolResponded(value, { error: value, output: value });
  run.llmCalled(value, {
    promptTokens: value,
    provider: value,
    streaming: value,
    promptName: value,
    promptVersion: value,
  });
  run.llmResponded({
    model: value,
    promptTokens: value,
    completionTokens: value,
    cacheReadTokens: value,
    cacheWriteTokens: value,
    reasoningTokens: value,
    latencyMs: value,
    firstTokenMs: value,
    finishReason: value,
    toolCallCount: value,
    output: value,
    outputLength: value,
    costUsd: value,
    error: value,
  });
  run.llm(value, () => value as unknown);
  run.retrievalCalled(value, value).responded({ resultCount: value, topScore: value, latencyMs: value, error: value });
  run.retrievalResponded(value, { resultCount: value });
  run.externalSignal(value, value, value);
  run.externalSignal("limit", "api", { value });
  run.input(value);
  const tool = dt.tool((given: unknown) => given);
  run.within(() => tool(value));
  run.end({ exitReason: value, attrs: value });
  dt.startRun("other").fail(value);
  dt.markDeploy(value, value, { commit: value, environment: value, meta: value });
  const whole = [value, value] as const;
  dt.startRun(...whole);
  const direct: RunContext = dt.startRun("direct");
  direct.toolCalled("t").responded(value);
  direct.llmCalled("m", value).responded(value);
  direct.retrievalCalled("r").responded(value);
  direct.end(value);
}

describe("nothing that is passed to the SDK", () => {
  it.each(VALUES)("harms the agent: %s", (_name, value) => {
    for (const capture of ["hash", "full"] as const) {
      const client = new RecordedClient({ capture });
      expect(() => playWith(client.dt, value as Hostile)).not.toThrow();
      // Every line is one that readers can read, and every run that was ended has its end.
      expect(client.lines.length).toBeGreaterThan(20);
      expect(client.types.filter((type) => type === "run.completed" || type === "run.errored").length).toBe(3);
      expect(client.texts.every((text) => text.endsWith("\n") && text.indexOf("\n") === text.length - 1)).toBe(true);
      expect(Math.max(...client.texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(16_000);
    }
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("options of runs, calls and tools that cannot be read", () => {
  const unreadable = new Proxy({}, { get: trap, has: trap, ownKeys: trap }) as Hostile;

  it("do no harm", async () => {
    const client = new RecordedClient();
    expect(await client.dt.run("agent", unreadable, async () => 42)).toBe(42);
    client.dt.run("agent", (run) => {
      run.toolCalled("a", {}, unreadable).responded(unreadable, unreadable);
      run.llmCalled("a", unreadable, unreadable).responded(unreadable, unreadable);
      run.retrievalCalled("a", {}, unreadable).responded(unreadable, unreadable);
      run.end(unreadable, unreadable);
    });
    client.dt.markDeploy("agent", "1", unreadable);
    await client.dt.flush();
    expect(client.types.filter((type) => type === "run.started")).toHaveLength(2);
    expect(client.types.filter((type) => type === "run.completed").length).toBeGreaterThan(0);
    expect(client.dt.counters.faults).toBeGreaterThan(0);
  });
});

/** A sink whose method of that name fails. */
function brokenSink(method: keyof Sink): Sink {
  const sink: Sink = {
    name: "broken",
    dropped: 0,
    waiting: true,
    write: () => true,
    flushSync: () => undefined,
    flush: async () => undefined,
    close: async () => undefined,
  };
  return {
    ...sink,
    [method]: method === "flush" || method === "close" ? () => Promise.reject(new Error(method)) : trap,
  };
}

describe("a sink that breaks its promise", () => {
  it.each(["write", "flushSync", "flush", "close"] as const)("by throwing from %s does no harm", async (method) => {
    const faults: string[] = [];
    const outputs = new Outputs([brokenSink(method)], (where) => faults.push(where), false);
    expect(outputs.write("a\n", "info")).toBe(method !== "write");
    outputs.flushSync();
    outputs.flushBeforeExit();
    await outputs.flush(50);
    await outputs.close(50);
    expect(faults.length).toBeGreaterThan(0);
  });

  it("by never coming back does not hold up a shutdown", async () => {
    const hanging = { ...brokenSink("name"), name: "hanging", close: () => new Promise<void>(() => undefined) };
    const outputs = new Outputs([hanging], () => undefined, false);
    const start = performance.now();
    await outputs.close(20);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("does not keep lines from other outputs", () => {
    const texts: string[] = [];
    const good: Sink = {
      ...brokenSink("name"),
      name: "good",
      write: (line) => {
        texts.push(line);
        return true;
      },
    };
    const outputs = new Outputs([brokenSink("write"), good], () => undefined, false);
    expect(outputs.write("a\n", "info")).toBe(false);
    expect(texts).toEqual(["a\n"]);
  });
});

describe("a destination that throws on every line", () => {
  it("does no harm to runs, tools and errors", async () => {
    const { dt } = new RecordedClient({ logger: { write: trap } });
    const search = dt.tool(async (query: string) => query.toUpperCase());
    expect(await dt.run("agent", () => search("cats"))).toBe("CATS");
    await expect(dt.run("agent", () => Promise.reject(new TypeError("mine")))).rejects.toThrow("mine");
    // Four lines of the first run; of the second start, end and the signal that it failed at once.
    expect(dt.counters).toEqual({ dropped: { logger: 7 }, faults: 0 });
  });
});
