import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { protobufOf, recorded, SYSTEMS, traceLike } from "../../bench/collector/requests.mjs";
import { testCollector } from "../../src/collector/testCollector";
import { parseLine } from "../../src/core/wire";

type Request = ReturnType<typeof recorded>;
type Group = Request["resourceSpans"][number];
/** One span with what stands above it in a request. */
interface Sent {
  readonly resource: Group["resource"];
  readonly scope: Group["scopeSpans"][number]["scope"];
  readonly span: Group["scopeSpans"][number]["spans"][number];
}

const NOW = 1_795_168_800_000;
const GRACE_MS = 2000;
const REMEMBERED_MS = 600_000;

const spansOf = (request: Request): Sent[] =>
  request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) => spans.map((span) => ({ resource, scope, span }))),
  );
const requestOf = (sent: readonly Sent[]): Request => ({
  resourceSpans: sent.map(({ resource, scope, span }) => ({ resource, scopeSpans: [{ scope, spans: [span] }] })),
});

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const number = (key: string, value: number) => ({ key, value: { intValue: String(value) } });
const KINDS = [
  [
    text("gen_ai.operation.name", "chat"),
    text("gen_ai.request.model", "gpt-4o"),
    number("gen_ai.usage.input_tokens", 7),
  ],
  [text("gen_ai.operation.name", "chat"), text("gen_ai.response.id", "shared"), text("gen_ai.request.model", "gpt-4o")],
  [
    text("gen_ai.operation.name", "execute_tool"),
    text("gen_ai.tool.name", "search"),
    text("gen_ai.tool.call.arguments", '{"q":1}'),
  ],
  [text("gen_ai.operation.name", "invoke_agent"), text("gen_ai.agent.name", "inner")],
  [text("openinference.span.kind", "RETRIEVER"), text("input.value", "where")],
  [text("traceloop.span.kind", "task"), text("traceloop.entity.name", "part")],
  [text("vendor.thing", "x")],
];

/** A trace as a tree of any shape, whose times may be equal. */
const generated = fc
  .array(
    fc.record({
      kind: fc.nat(KINDS.length - 1),
      parent: fc.nat(),
      from: fc.nat(20),
      takes: fc.nat(20),
      failed: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 14,
    },
  )
  .map((nodes): Request => {
    const idOf = (at: number) => (at + 1).toString(16).padStart(16, "0");
    const nanos = (ms: number) => `${NOW - 60_000 + ms}000000`;
    const spans = nodes.map(({ kind, parent, from, takes, failed }, at) => ({
      traceId: "0".padStart(31, "a").padStart(32, "0"),
      spanId: idOf(at),
      ...(at === 0 ? {} : { parentSpanId: idOf(parent % at), flags: 0x100 }),
      name: `span ${kind}`,
      kind: 1,
      startTimeUnixNano: nanos(from),
      endTimeUnixNano: nanos(from + takes),
      attributes: KINDS[kind] ?? [],
      status: { code: failed ? 2 : 0 },
    }));
    const resource = { attributes: [text("service.name", "generated")] };
    return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "x", version: "1" }, spans }] }] };
  });
const trace = fc.oneof(generated, fc.constantFrom(...SYSTEMS).map(recorded));
const traces = fc
  .array(trace, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((request, at) => traceLike(request, at, NOW - 1000 - at)));

/** How spans travel: mixed, cut into requests of these sizes, some twice, each in one of the encodings. */
const journey = fc.record({
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  sizes: fc.infiniteStream(fc.integer({ min: 1, max: 12 })),
  encodings: fc.infiniteStream(fc.boolean()),
  twice: fc.infiniteStream(fc.boolean()),
  pause: fc.nat(100),
});
type Journey = typeof journey extends fc.Arbitrary<infer T> ? T : never;

function setUp() {
  let now = NOW;
  const { post, collector, written, ask } = testCollector({ now: () => now });
  const send = async (sent: readonly Sent[], asProtobuf = false): Promise<void> => {
    const request = requestOf(sent);
    const answer = asProtobuf
      ? await post("/v1/traces", Uint8Array.from(protobufOf(request)), { "content-type": "application/x-protobuf" })
      : await post("/v1/traces", JSON.stringify(request), { "content-type": "application/json" });
    expect(answer.status).toBe(200);
  };
  const pass = (ms: number): void => {
    now += ms;
    collector.tick();
  };
  return { send, pass, collector, written, ask };
}

const next = <T>(stream: fc.Stream<T>): T => {
  const { value } = stream.next();
  return value;
};

/** Sends spans on their journey, which takes less than the grace, and closes their traces. */
async function deliver(all: readonly Sent[], way: Journey, { send, pass }: ReturnType<typeof setUp>): Promise<void> {
  const spans = all
    .flatMap((sent) => (next(way.twice) ? [sent, sent] : [sent]))
    .map((sent) => ({ sent, rank: next(way.order) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ sent }) => sent);
  let left = GRACE_MS - 1;
  for (let at = 0; at < spans.length; ) {
    const size = next(way.sizes);
    await send(spans.slice(at, at + size), next(way.encodings));
    at += size;
    const pause = Math.min(left, way.pause);
    left -= pause;
    pass(pause);
  }
  pass(60_000);
}

/** The lines of each run; traces close in the order in which they were heard of. */
function byRun(written: readonly string[]): Record<string, string[]> {
  const runs: Record<string, string[]> = {};
  for (const line of written) {
    const { run_id } = JSON.parse(line);
    runs[run_id] = [...(runs[run_id] ?? []), line];
  }
  return runs;
}

describe("a trace", () => {
  it("is the same run whatever way its spans take", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(traces, journey, async (requests, way) => {
        const all = requests.flatMap(spansOf);
        const [atOnce, travelled] = [setUp(), setUp()];
        await atOnce.send(all);
        atOnce.pass(60_000);
        await deliver(all, way, travelled);
        expect(byRun(travelled.written)).toEqual(byRun(atOnce.written));
        expect(travelled.collector.traces.late_spans).toBe(0);
        expect(travelled.collector.traces.open).toBe(0);
        runs += travelled.collector.counters.runs;
      }),
      { numRuns: 120 },
    );
    expect(runs).toBeGreaterThan(100);
  });

  it("adds nothing when it comes again while it is remembered, and equal keys later", async () => {
    await fc.assert(
      fc.asyncProperty(traces, journey, fc.boolean(), async (requests, way, isLater) => {
        const all = requests.flatMap(spansOf);
        const collecting = setUp();
        await deliver(all, way, collecting);
        const first = collecting.written.splice(0);
        if (isLater) collecting.pass(REMEMBERED_MS);
        await deliver(all, way, collecting);
        const again = collecting.written;
        if (!isLater) {
          expect(again).toEqual([]);
          if (first.length > 0) expect(collecting.collector.traces.late_spans).toBeGreaterThan(0);
          return;
        }
        expect(keysOf(again)).toEqual(keysOf(first));
      }),
      { numRuns: 40 },
    );
  });
});

/** What readers tell lines by. */
function keysOf(lines: readonly string[]): string[] {
  return lines
    .map((text) => {
      const read = parseLine(text);
      if (!read.ok) throw new Error(read.reason);
      const { run_id, seq, time, event_type } = read.line;
      return `${run_id} ${seq} ${time} ${event_type}`;
    })
    .sort();
}
