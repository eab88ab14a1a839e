import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Dunetrace } from "../../sdk";
import { describeThrown } from "../../sdk/errors";
import { sayOnce } from "../../sdk/notices";
import { checkOptions, type OtelOptions } from "./options";
import { viewOf } from "./readable";
import { Trace } from "./trace";

/** Traces that are open at once, and ids of ended ones that are remembered: more would fill the memory. */
const MOST_TRACES = 1000;

/**
 * Makes each trace of this process a run whose id is the trace's, written as a UUID, and whose steps are the spans of
 * models, tools and retrievers in it. Traces in which nothing of an agent happens are no runs. Where spans go besides is
 * up to the other processors.
 *
 * @example
 * const provider = new NodeTracerProvider({
 *   spanProcessors: [new DunetraceSpanProcessor(dt, { agentId: "support" })],
 * });
 */
export class DunetraceSpanProcessor implements SpanProcessor {
  readonly #dt: Dunetrace;
  readonly #options: OtelOptions;
  readonly #traces = new Map<string, Trace>();
  readonly #ended = new Set<string>();

  /** @throws OptionsError on a missing client or an unknown option */
  constructor(dt: Dunetrace, options: OtelOptions = {}) {
    checkOptions(dt, options);
    this.#dt = dt;
    this.#options = options;
  }

  onStart(span: Span): void {
    guarded(() => {
      const { traceId } = span.spanContext();
      const trace = this.#traces.get(traceId) ?? this.#begin(traceId, span);
      trace.started(viewOf(span));
    });
  }

  onEnd(span: ReadableSpan): void {
    guarded(() => {
      const { traceId } = span.spanContext();
      const trace = this.#traces.get(traceId);
      if (trace?.ended(viewOf(span)) !== true) return;
      this.#traces.delete(traceId);
      if (trace.isRun) this.#remember(traceId);
    });
  }

  async forceFlush(): Promise<void> {
    await this.#dt.flush();
  }

  /** Ends what is open. The client goes on: it is not the processor's. */
  async shutdown(): Promise<void> {
    for (const trace of this.#traces.values()) guarded(() => trace.abandon());
    this.#traces.clear();
    await this.#dt.flush();
  }

  #begin(traceId: string, span: Span): Trace {
    const name: unknown = span.resource.attributes["dunetrace.agent_id"] ?? span.resource.attributes["service.name"];
    const serviceName = typeof name === "string" ? name : undefined;
    const isTaken = this.#ended.has(traceId);
    const trace = new Trace({ dt: this.#dt, options: this.#options, traceId, isTaken, serviceName });
    this.#traces.set(traceId, trace);
    if (this.#traces.size > MOST_TRACES) {
      const [oldest] = this.#traces;
      if (oldest !== undefined) {
        oldest[1].abandon();
        this.#traces.delete(oldest[0]);
      }
    }
    return trace;
  }

  #remember(traceId: string): void {
    this.#ended.add(traceId);
    if (this.#ended.size <= MOST_TRACES) return;
    for (const oldest of this.#ended) {
      this.#ended.delete(oldest);
      return;
    }
  }
}

/** Nothing gets through to the code that makes spans; the message of an error may hold content. */
function guarded(act: () => void): void {
  try {
    act();
  } catch (error) {
    const { type } = describeThrown(error);
    sayOnce(`DunetraceSpanProcessor failed inside (${type}); the agent goes on without it. Please report it.`);
  }
}
