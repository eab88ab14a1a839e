import { BatchSpanProcessor, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "vitest";
import { RecordedClient } from "../../sdk/testing/record";
import { exportRuns } from ".";

function exporting() {
  const client = new RecordedClient();
  const exporter = new InMemorySpanExporter();
  exportRuns(client.dt, new SimpleSpanProcessor(exporter), { serviceName: "support" });
  return { client, spans: () => exporter.getFinishedSpans() };
}

const RUN_ID = "0af76519-16cd-43dd-8448-eb211c80319c";

describe("exportRuns", () => {
  it("makes a run one trace, whose id is the run's", () => {
    const { client, spans } = exporting();
    const run = client.dt.startRun("museum", { runId: RUN_ID, userInput: "CANARY" });
    const llm = run.llmCalled("gpt-4o", { provider: "openai" });
    client.clock.pass(250);
    llm.responded({ promptTokens: 111, completionTokens: 22, finishReason: "stop", output: "CANARY" });
    run.toolCalled("search", { q: "CANARY" }).responded({ error: new TypeError("CANARY") });
    run.retrievalCalled("docs", "CANARY").responded({ resultCount: 0 });
    run.end();

    const found = spans();
    const root = found.at(-1);
    expect(found.map(({ name }) => name)).toEqual([
      "chat gpt-4o",
      "execute_tool search",
      "retrieval docs",
      "invoke_agent museum",
    ]);
    expect(new Set(found.map((span) => span.spanContext().traceId))).toEqual(new Set([RUN_ID.replaceAll("-", "")]));
    expect(new Set(found.map((span) => span.spanContext().spanId)).size).toBe(4);
    expect(found.slice(0, 3).every((span) => span.parentSpanContext?.spanId === root?.spanContext().spanId)).toBe(true);
    expect(root?.parentSpanContext).toBeUndefined();
    expect(found[0]?.attributes).toMatchObject({
      "gen_ai.usage.input_tokens": 111,
      "gen_ai.usage.output_tokens": 22,
      "gen_ai.response.finish_reasons": ["stop"],
    });
    expect(found[0]?.duration[1]).toBeCloseTo(250_000_000, -5);
    expect(found[1]).toMatchObject({ status: { code: 2 }, attributes: { "error.type": "TypeError" } });
    expect(JSON.stringify(found)).not.toContain("CANARY");
  });

  it("puts signals on the root span, and ERROR on grave ones", () => {
    const { client, spans } = exporting();
    client.dt.run("loop", (run) => {
      for (let round = 0; round < 6; round++) run.toolCalled("search", { q: "same" }).responded({ output: "none" });
    });
    client.dt.run("calm", () => "answer");
    const [loop, calm] = spans().filter(({ name }) => name.startsWith("invoke_agent"));
    expect(loop?.attributes).toMatchObject({
      "dunetrace.signal.0.failure_type": "TOOL_LOOP",
      "dunetrace.signal.0.severity": "HIGH",
      "dunetrace.signal.0.confidence": expect.any(Number),
    });
    expect(loop?.status.code).toBe(2);
    expect(calm?.status.code).toBe(0);
    expect(Object.keys(calm?.attributes ?? {}).filter((name) => name.startsWith("dunetrace.signal"))).toEqual([]);
  });

  it("gives ids that are no UUIDs a trace too, and ends calls that were never answered", () => {
    const { client, spans } = exporting();
    const run = client.dt.startRun("museum", { runId: "order 7 <b>" });
    run.toolCalled("search");
    client.clock.pass(1500);
    run.fail(new Error("gone"));
    const [call, root] = spans();
    expect(root?.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(root?.status.code).toBe(2);
    expect([call?.duration[0], root?.duration[0]]).toEqual([1, 1]);
  });

  it("goes through a batching processor", async () => {
    const client = new RecordedClient();
    const exporter = new InMemorySpanExporter();
    const processor = new BatchSpanProcessor(exporter);
    exportRuns(client.dt, processor);
    client.dt.run("museum", () => "answer");
    await processor.forceFlush();
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(["invoke_agent museum"]);
    await processor.shutdown();
  });

  it("needs a span processor", () => {
    const { dt } = new RecordedClient();
    expect(() => exportRuns(dt, Object.create(null))).toThrow("new BatchSpanProcessor(exporter)");
    const target = { onEnd: () => undefined };
    expect(() => exportRuns(dt, target, JSON.parse('{"service":"x"}'))).toThrow('Unknown option "service"');
  });
});
