import type { Attributes, HrTime } from "@opentelemetry/api";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";

type Result = Parameters<Parameters<SpanExporter["export"]>[1]>[0];

const nanos = ([seconds, rest]: HrTime): string => String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));

function encodedValue(value: Attributes[string]): object {
  if (Array.isArray(value)) return { arrayValue: { values: value.map((one) => encodedValue(one ?? undefined)) } };
  switch (typeof value) {
    case "string":
      return { stringValue: value };
    case "boolean":
      return { boolValue: value };
    case "number":
      return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
    default:
      return {};
  }
}

const attributesOf = (attributes: Attributes = {}) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: encodedValue(value) }));

/** Sends spans to a collector as OTLP in JSON over HTTP. */
export class OtlpExporter implements SpanExporter {
  readonly #url: string;
  readonly #resource: Attributes;
  readonly #sent: Promise<unknown>[] = [];

  constructor(url: string, resource: Attributes) {
    this.#url = `${url}/v1/traces`;
    this.#resource = resource;
  }

  export(spans: ReadableSpan[], done: (result: Result) => void): void {
    const request = {
      resourceSpans: [
        {
          resource: { attributes: attributesOf(this.#resource) },
          scopeSpans: spans.map((span) => ({ scope: span.instrumentationScope, spans: [encoded(span)] })),
        },
      ],
    };
    const headers = { "content-type": "application/json" };
    const sending = fetch(this.#url, { method: "POST", headers, body: JSON.stringify(request) }).then((response) => {
      if (!response.ok) throw new Error(`the collector answered ${response.status}`);
      done({ code: 0 });
    });
    this.#sent.push(sending);
  }

  async shutdown(): Promise<void> {
    await Promise.all(this.#sent);
  }
}

function encoded(span: ReadableSpan): object {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? "",
    // As OpenTelemetry's own exporters: the parent is known not to be remote.
    flags: 0x101,
    name: span.name,
    kind: span.kind + 1,
    startTimeUnixNano: nanos(span.startTime),
    endTimeUnixNano: nanos(span.endTime),
    attributes: attributesOf(span.attributes),
    events: span.events.map(({ name, time, attributes }) => ({
      name,
      timeUnixNano: nanos(time),
      attributes: attributesOf(attributes),
    })),
    status: span.status,
  };
}
