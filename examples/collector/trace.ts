import { randomBytes } from "node:crypto";

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const number = (key: string, intValue: number) => ({ key, value: { intValue } });

/** Steps of the agent: each takes a second. */
const STEPS: readonly (readonly [name: string, attributes: readonly object[]])[] = [
  ["ask_the_archive", []],
  ...Array.from(
    { length: 4 },
    () =>
      [
        "execute_tool web_search",
        [
          text("gen_ai.operation.name", "execute_tool"),
          text("gen_ai.tool.name", "web_search"),
          text("gen_ai.tool.call.arguments", '{"query":"button museum opening hours"}'),
          text("gen_ai.tool.call.result", "[]"),
        ],
      ] as const,
  ),
  ["healthcheck", []],
  [
    "chat gpt-4o-mini",
    [
      text("gen_ai.operation.name", "chat"),
      text("gen_ai.request.model", "gpt-4o-mini"),
      number("gen_ai.usage.input_tokens", 180),
      number("gen_ai.usage.output_tokens", 16),
    ],
  ],
];

/** A trace as OTLP/JSON has it, with content in its spans: what exporters of OpenTelemetry send, written out. */
export function museumTrace(): object {
  const traceId = randomBytes(16).toString("hex");
  const root = randomBytes(8).toString("hex");
  const begin = Date.now() - STEPS.length * 1000;
  const nanos = (second: number): string => `${BigInt(begin + second * 1000) * 1_000_000n}`;
  const spans = STEPS.map(([name, attributes], second) => ({
    traceId,
    spanId: randomBytes(8).toString("hex"),
    parentSpanId: root,
    name,
    startTimeUnixNano: nanos(second),
    endTimeUnixNano: nanos(second + 1),
    attributes,
  }));
  const attributes = [text("gen_ai.operation.name", "invoke_agent")];
  const agent = {
    traceId,
    spanId: root,
    name: "invoke_agent guide",
    startTimeUnixNano: nanos(0),
    endTimeUnixNano: nanos(STEPS.length),
    attributes,
  };
  const resource = { attributes: [text("service.name", "museum-backend")] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "museum" }, spans: [...spans, agent] }] }] };
}
