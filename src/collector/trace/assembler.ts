import type { Micros } from "../../core/wire";
import type { Component } from "../dialects";
import { isOfAgent } from "./run";

export interface AssemblerOptions {
  /** Now, µs; only its differences count. */
  readonly clock: () => Micros;
  /** How long a trace stays open after its root is there and no span of it is missing, ms. Default: 2,000. */
  readonly graceMs?: number | undefined;
  /** How long a trace without root, or with spans missing, waits for the next one, ms. Default: 60,000. */
  readonly idleMs?: number | undefined;
  /** How long a closed run is remembered, so that a second delivery adds nothing, ms. Default: 600,000. */
  readonly rememberMs?: number | undefined;
  /** Open traces; the oldest is closed to make room. Default: 10,000. */
  readonly maxTraces?: number | undefined;
  /** Spans of one trace; further ones are dropped and counted. Default: 10,000. */
  readonly maxSpans?: number | undefined;
  /** Closed runs that are remembered. Default: 100,000. */
  readonly maxRemembered?: number | undefined;
}

/** A trace that is taken as complete. */
export interface ClosedTrace {
  readonly components: readonly Component[];
  /** Spans beyond the limit. */
  readonly dropped: number;
}

/** What became of spans and traces. */
export interface AssemblerCounters {
  spans: number;
  /** Delivered twice within an open trace. */
  duplicate_spans: number;
  /** Of a run that is closed and remembered: late, or delivered again. */
  late_spans: number;
  /** Beyond the limit of their trace. */
  dropped_spans: number;
  closed_traces: number;
  /** Closed before their time to make room. */
  evicted_traces: number;
}

interface Pending {
  readonly spans: Map<string, Component>;
  /** Parents that spans here name, and that are not here: a span is sent when it ends, so they are still open. */
  readonly missing: Set<string>;
  hasRoot: boolean;
  hasAgent: boolean;
  last: Micros;
  dropped: number;
}

/**
 * Gathers spans by trace, in any order and from any number of requests, until a trace is complete: when its root, or a span
 * with a remote parent, is there and no parent is missing, after a grace period; else when nothing came for the idle time.
 * A trace in which nothing of an agent happened so far waits for the idle time too: a request may end before the agent it
 * started. Memory is bounded by the limits, whatever is sent.
 *
 * @example
 * const assembler = new TraceAssembler({ clock }, (trace) => write(runOf(trace.components)));
 * for (const span of spans) assembler.add(componentOf(span, options));
 * setInterval(() => assembler.tick(), 250);
 */
export class TraceAssembler {
  readonly counters: AssemblerCounters = {
    spans: 0,
    duplicate_spans: 0,
    late_spans: 0,
    dropped_spans: 0,
    closed_traces: 0,
    evicted_traces: 0,
  };
  readonly #clock: () => Micros;
  readonly #closed: (trace: ClosedTrace) => void;
  readonly #grace: Micros;
  readonly #idle: Micros;
  readonly #remember: Micros;
  readonly #maxTraces: number;
  readonly #maxSpans: number;
  readonly #maxRemembered: number;
  /** By trace id, the one that was silent longest first. */
  readonly #pending = new Map<string, Pending>();
  /** When runs were closed, the oldest first. */
  readonly #remembered = new Map<string, Micros>();

  /** @param closed is called with each trace that is complete, once */
  constructor(options: AssemblerOptions, closed: (trace: ClosedTrace) => void) {
    this.#clock = options.clock;
    this.#closed = closed;
    this.#grace = (options.graceMs ?? 2000) * 1000;
    this.#idle = (options.idleMs ?? 60_000) * 1000;
    this.#remember = (options.rememberMs ?? 600_000) * 1000;
    this.#maxTraces = options.maxTraces ?? 10_000;
    this.#maxSpans = options.maxSpans ?? 10_000;
    this.#maxRemembered = options.maxRemembered ?? 100_000;
  }

  /** Traces that wait for more. */
  get open(): number {
    return this.#pending.size;
  }

  /** Closed runs that are remembered. */
  get remembered(): number {
    return this.#remembered.size;
  }

  add(component: Component): void {
    const now = this.#clock();
    this.counters.spans++;
    const { traceId, spanId, parentSpanId, parentIsRemote } = component;
    if (this.#isRemembered(traceId, now)) {
      this.counters.late_spans++;
      return;
    }
    const trace = this.#take(traceId, now);
    trace.last = now;
    this.#pending.set(traceId, trace);
    if (trace.spans.has(spanId)) {
      this.counters.duplicate_spans++;
      return;
    }
    if (trace.spans.size >= this.#maxSpans) {
      trace.dropped++;
      this.counters.dropped_spans++;
      return;
    }
    trace.spans.set(spanId, component);
    trace.missing.delete(spanId);
    if (parentSpanId === undefined || parentIsRemote === true) trace.hasRoot = true;
    else if (!trace.spans.has(parentSpanId)) trace.missing.add(parentSpanId);
    if (isOfAgent(component) || component.kind === "deploy") trace.hasAgent = true;
  }

  #isRemembered(traceId: string, now: Micros): boolean {
    const closedAt = this.#remembered.get(traceId);
    return closedAt !== undefined && now - closedAt < this.#remember;
  }

  /** The open trace of an id, taken out so that it can be put back as the newest. */
  #take(traceId: string, now: Micros): Pending {
    const found = this.#pending.get(traceId);
    if (found !== undefined) {
      this.#pending.delete(traceId);
      return found;
    }
    const [oldest] = this.#pending.keys();
    if (oldest !== undefined && this.#pending.size >= this.#maxTraces) {
      this.counters.evicted_traces++;
      this.#close(oldest, now);
    }
    return { spans: new Map(), missing: new Set(), hasRoot: false, hasAgent: false, last: now, dropped: 0 };
  }

  /** Closes what is due and forgets what is old; to be called a few times a second. */
  tick(): void {
    const now = this.#clock();
    for (const [traceId, trace] of this.#pending) {
      const silent = now - trace.last;
      // Those that follow were heard of later.
      if (silent < this.#grace) break;
      const isComplete = trace.hasRoot && trace.hasAgent && trace.missing.size === 0;
      if (isComplete || silent >= this.#idle) this.#close(traceId, now);
    }
    for (const [traceId, closedAt] of this.#remembered) {
      if (now - closedAt < this.#remember && this.#remembered.size <= this.#maxRemembered) break;
      this.#remembered.delete(traceId);
    }
  }

  /** Closes every open trace, before the process ends. */
  closeAll(): void {
    const now = this.#clock();
    for (const traceId of [...this.#pending.keys()]) this.#close(traceId, now);
  }

  #close(traceId: string, now: Micros): void {
    const trace = this.#pending.get(traceId);
    if (trace === undefined) return;
    this.#pending.delete(traceId);
    this.counters.closed_traces++;
    // What was no run may become one: nothing of it was written.
    if (trace.hasAgent) {
      this.#remembered.delete(traceId);
      this.#remembered.set(traceId, now);
      const [oldest] = this.#remembered.keys();
      if (oldest !== undefined && this.#remembered.size > this.#maxRemembered) this.#remembered.delete(oldest);
    }
    this.#closed({ components: [...trace.spans.values()], dropped: trace.dropped });
  }
}
