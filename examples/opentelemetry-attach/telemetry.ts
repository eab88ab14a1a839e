import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Passes spans on to the processors that were added so far. */
class Processors implements SpanProcessor {
  readonly added: SpanProcessor[] = [];

  onStart(...args: Parameters<SpanProcessor["onStart"]>): void {
    for (const processor of this.added) processor.onStart(...args);
  }

  onEnd(...args: Parameters<SpanProcessor["onEnd"]>): void {
    for (const processor of this.added) processor.onEnd(...args);
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.added.map((processor) => processor.forceFlush()));
  }

  async shutdown(): Promise<void> {
    await Promise.all(this.added.map((processor) => processor.shutdown()));
  }
}

/** A provider that takes processors after it was made, as those of OpenTelemetry's SDK 1 do. */
export class OpenTracerProvider extends BasicTracerProvider {
  readonly #processors: Processors;

  constructor() {
    const processors = new Processors();
    super({ spanProcessors: [processors] });
    this.#processors = processors;
  }

  addSpanProcessor(processor: SpanProcessor): void {
    this.#processors.added.push(processor);
  }
}
