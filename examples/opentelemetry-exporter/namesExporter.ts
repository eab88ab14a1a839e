import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";

/** Stands in for `OTLPTraceExporter`: says on stderr what would be sent. */
export class NamesExporter implements SpanExporter {
  export(spans: ReadableSpan[], done: Parameters<SpanExporter["export"]>[1]): void {
    for (const { name, attributes, status } of spans) {
      const signal = attributes["dunetrace.signal.0.failure_type"];
      console.error(`${name}${signal === undefined ? "" : ` · ${signal}`}${status.code === 2 ? " · ERROR" : ""}`);
    }
    done({ code: 0 });
  }

  async shutdown(): Promise<void> {
    console.error("Nothing is left to send.");
  }
}
