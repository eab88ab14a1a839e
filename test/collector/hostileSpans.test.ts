import { describe, expect, it } from "vitest";
import { testCollector } from "../../src/collector/testCollector";
import { parseLine } from "../../src/core/wire";

const NOW = 1_795_168_800_000;
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const HOUR = 3_600_000;
const HOSTILE =
  '"}\n{"logger":"dunetrace"}\r\n\u2028<script>alert(1)</script> {agent_id=~".+"} |= `x` \u001b[2J\u0000 \ud800';
const MARK = "CANARY-content";

type Value = Readonly<Record<string, unknown>>;
const text = (stringValue: string): Value => ({ stringValue });
const attributes = (values: Readonly<Record<string, Value>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
const CHAT = { "gen_ai.operation.name": text("chat"), "gen_ai.request.model": text("gpt-4o") };

interface Fields {
  readonly id?: string;
  readonly parent?: string;
  readonly name?: string;
  readonly from?: number;
  readonly to?: number;
  readonly more?: object;
}

function span(values: Readonly<Record<string, Value>>, fields: Fields = {}) {
  const { id = "b7ad6b7169203331", parent, name = "chat", from = NOW - 2000, to = NOW - 1000, more } = fields;
  return {
    traceId: TRACE,
    spanId: id,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name,
    startTimeUnixNano: `${from}000000`,
    endTimeUnixNano: `${to}000000`,
    attributes: attributes(values),
    ...more,
  };
}

/** The lines that a collector makes of spans sent as JSON. */
async function linesOf(
  spans: readonly object[],
  resource: Readonly<Record<string, Value>> = { "service.name": text("shop") },
) {
  const collecting = testCollector({ now: () => NOW });
  const body = JSON.stringify({
    resourceSpans: [{ resource: { attributes: attributes(resource) }, scopeSpans: [{ spans }] }],
  });
  const answer = await collecting.post("/v1/traces", body, { "content-type": "application/json" });
  expect(answer.status).toBe(200);
  collecting.collector.close();
  expect(collecting.problems).toEqual([]);
  const lines = collecting.written.map((written) => {
    expect(written.match(/[\n\r]/g)).toEqual(["\n"]);
    expect(written.endsWith("\n")).toBe(true);
    const read = parseLine(written);
    if (!read.ok) throw new Error(`${read.reason}: ${written}`);
    return { ...read.line, text: written, ts: Date.parse(JSON.parse(written).ts), record: JSON.parse(written) };
  });
  return { lines, metrics: await (await collecting.ask("/metrics")).text(), ...collecting };
}

describe("hostile spans", () => {
  it("stay within their line, their label and their metric, wherever they put their text", async () => {
    const everywhere = {
      ...Object.fromEntries(
        [
          "gen_ai.request.model",
          "gen_ai.conversation.id",
          "user.id",
          "gen_ai.agent.name",
          "gen_ai.response.id",
          "http.route",
        ].map((name) => [name, text(HOSTILE)]),
      ),
      "gen_ai.operation.name": text("chat"),
      [HOSTILE]: text(HOSTILE),
    };
    const { lines, metrics } = await linesOf(
      [
        span(everywhere, { name: HOSTILE, more: { status: { code: 2, message: HOSTILE } } }),
        span({}, { id: "00000000000000aa", parent: "b7ad6b7169203331", name: HOSTILE }),
      ],
      { "service.name": text(HOSTILE), "dunetrace.agent_id": text(HOSTILE), "deployment.environment": text(HOSTILE) },
    );
    expect(lines.length).toBeGreaterThan(3);
    for (const { agent_id, event_type } of lines) {
      expect(agent_id).toMatch(/^[A-Za-z0-9_.:-]{1,128}$/);
      expect(event_type).toMatch(/^[a-z]+\.[a-z]+$/);
    }
    for (const line of metrics.trimEnd().split("\n")) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="(?:[^"\\\n]|\\.)*"\})? \d+)$/);
    }
  });

  it("keep nothing of values that are deep, huge or named after what objects have", async () => {
    let deep: Value = text(MARK);
    for (let depth = 0; depth < 500; depth++) deep = { arrayValue: { values: [deep] } };
    const named = {
      kvlistValue: { values: attributes({ __proto__x: text(MARK) }).concat({ key: "__proto__", value: text(MARK) }) },
    };
    const { lines, written } = await linesOf([
      span({
        ...CHAT,
        deep,
        huge: text(MARK.repeat(100_000)),
        "gen_ai.prompt.0.content": text(MARK.repeat(100_000)),
        "gen_ai.tool.call.arguments": named,
        constructor: text(MARK),
        toString: text(MARK),
      }),
      span(
        {
          "gen_ai.operation.name": text("execute_tool"),
          "gen_ai.tool.name": text("__proto__"),
          "gen_ai.tool.call.arguments": named,
        },
        { id: "00000000000000aa", parent: "b7ad6b7169203331" },
      ),
    ]);
    expect(written.join("")).not.toContain(MARK);
    for (const { text: line } of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(16_000);
    expect(lines.at(-1)).toMatchObject({ event_type: "run.completed", payload: { facts: { tool_calls: 1 } } });
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  it("have no tokens where they send none that are numbers", async () => {
    const broken: readonly Value[] = [
      { doubleValue: null },
      { doubleValue: "NaN" },
      { doubleValue: "Infinity" },
      { intValue: "-5" },
      { intValue: "many" },
      { doubleValue: 1e300 },
      text("12"),
      {},
    ];
    for (const value of broken) {
      const { lines } = await linesOf([
        span({ ...CHAT, "gen_ai.usage.input_tokens": value, "gen_ai.usage.output_tokens": value }),
      ]);
      const facts = lines.at(-1)?.record.payload.facts;
      for (const tokens of [facts.prompt_tokens, facts.completion_tokens]) {
        expect([undefined, null, 0, 12], JSON.stringify(value)).toContain(tokens);
      }
      for (const { text: line } of lines) expect(line).not.toMatch(/NaN|Infinity|e\+300/);
    }
  });

  it("count once where ids repeat, in a trace and over a request", async () => {
    const twice = [span(CHAT), span({ ...CHAT, "gen_ai.request.model": text("other") })];
    const { lines, collector } = await linesOf(twice);
    expect(collector.traces).toMatchObject({ spans: 2, duplicate_spans: 1 });
    expect(lines.at(-1)?.record.payload.facts.llm_calls).toBe(1);
    const own = await linesOf([span(CHAT, { parent: "b7ad6b7169203331" })]);
    expect(own.lines.at(-1)?.record.payload.facts.llm_calls).toBe(1);
  });
});

describe("a trace whose root never comes", () => {
  it("is written after the idle time with what is there", async () => {
    let now = NOW;
    const { post, collector, written } = testCollector({ now: () => now });
    const orphan = span(CHAT, { parent: "00000000000000ff" });
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [orphan] }] }] });
    await post("/v1/traces", body, { "content-type": "application/json" });
    now += 59_999;
    collector.tick();
    expect(written).toEqual([]);
    now += 1;
    collector.tick();
    expect(written).toHaveLength(4);
    expect(collector.traces).toMatchObject({ open: 0, closed_traces: 1 });
  });
});

describe("a sender whose clock is off", () => {
  it.each([
    ["days ago", -72 * HOUR, "now"],
    ["two hours ago", -2 * HOUR, "now"],
    ["half an hour ago", -HOUR / 2, "then"],
    ["a minute from now", HOUR / 60, "then"],
    ["an hour from now", HOUR, "now"],
    ["days from now", 72 * HOUR, "now"],
  ])("%s: lines have a time that Loki takes, and that of the event", async (_, off, written) => {
    const { lines } = await linesOf([span(CHAT, { from: NOW + off - 2000, to: NOW + off - 1000 })]);
    expect(lines).toHaveLength(4);
    const [first, ...rest] = lines;
    expect(first?.time).toBe((NOW + off - 2000) * 1000);
    for (const [at, line] of rest.entries()) expect(line.time).toBeGreaterThan(lines[at]?.time ?? 0);
    for (const { ts, record } of lines) {
      expect(Math.abs(ts - (written === "now" ? NOW : NOW + off))).toBeLessThan(3000);
      expect(record.event_ts !== undefined).toBe(written === "now");
    }
    expect(lines.at(-1)?.record.payload.duration_ms).toBe(1000);
  });

  it.each([
    ["an end before the start", { from: NOW - 1000, to: NOW - 5000 }],
    ["spans of one trace hours apart", { from: NOW - 9 * HOUR, to: NOW - 1000 }],
  ])("survives %s", async (_, times) => {
    const { lines } = await linesOf([span(CHAT, times), span(CHAT, { id: "00000000000000aa" })]);
    expect(lines.at(-1)?.event_type).toBe("run.completed");
    for (const { record } of lines) expect(JSON.stringify(record)).not.toMatch(/_ms":-/);
  });

  it("refuses spans whose times are none, and names them", async () => {
    const { post, collector } = testCollector({ now: () => NOW });
    const spans = ["0", "-1", "99999999999999999999", "soon", ""].map((startTimeUnixNano, at) => ({
      ...span(CHAT, { id: `00000000000000a${at}` }),
      startTimeUnixNano,
    }));
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    const answer = await post("/v1/traces", body, { "content-type": "application/json" });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      partialSuccess: { rejectedSpans: "5", errorMessage: expect.stringContaining("startTimeUnixNano is no time") },
    });
    expect(collector.traces.spans).toBe(0);
  });
});
