import type { Attributes, AttributeValue, Exception, Span, SpanContext, SpanStatus } from "@opentelemetry/api";
import type { Micros } from "../../core/wire";
import { describeThrown } from "../../sdk/errors";
import type { SpanView } from "../spans/span";

/** SpanStatusCode.ERROR of OpenTelemetry. */
const ERROR = 2;

type View = { -readonly [K in keyof SpanView]: SpanView[K] };

/** Now in µs since the Unix epoch. */
const now = (): Micros => Math.floor((performance.timeOrigin + performance.now()) * 1000);

/** What a span is started with. */
export interface SpanStart {
  readonly id: string;
  readonly traceId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly attributes: Attributes;
}

/** A span that is told to a run instead of being exported. */
export class ToldSpan implements Span {
  /** The span as it is by now. */
  readonly view: View;
  readonly #attributes: Record<string, unknown>;
  readonly #events: { name: string; attributes: unknown; time: Micros }[] = [];
  readonly #context: SpanContext;
  readonly #onEnd: (span: ToldSpan) => void;

  /** @param onEnd told once; what it throws is thrown by `end()` */
  constructor({ id, traceId, parentId, name, attributes }: SpanStart, onEnd: (span: ToldSpan) => void) {
    this.#attributes = { ...attributes };
    this.view = {
      id,
      parentId,
      name,
      attributes: this.#attributes,
      events: this.#events,
      failed: false,
      statusMessage: undefined,
      start: now(),
      end: undefined,
    };
    this.#context = { traceId, spanId: id, traceFlags: 1 };
    this.#onEnd = onEnd;
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  setAttribute(key: string, value: AttributeValue): this {
    this.#attributes[key] = value;
    return this;
  }

  setAttributes(attributes: Attributes): this {
    Object.assign(this.#attributes, attributes);
    return this;
  }

  addEvent(name: string, attributes?: unknown): this {
    this.#events.push({ name, attributes, time: now() });
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus({ code, message }: SpanStatus): this {
    this.view.failed = code === ERROR;
    this.view.statusMessage = message;
    return this;
  }

  updateName(name: string): this {
    this.view.name = name;
    return this;
  }

  isRecording(): boolean {
    return this.view.end === undefined;
  }

  recordException(exception: Exception): void {
    const { type, message } = describeThrown(exception);
    this.addEvent("exception", { "exception.type": type, "exception.message": message });
  }

  end(): void {
    if (this.view.end !== undefined) return;
    this.view.end = now();
    this.#onEnd(this);
  }
}
