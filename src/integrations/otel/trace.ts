import { randomUUID } from "node:crypto";
import type { Micros } from "../../core/wire";
import { type Dunetrace, PolicyViolation } from "../../sdk";
import { SpanCalls } from "../spans/calls";
import { askedOf } from "../spans/content";
import { kindOf, type SpanKind } from "../spans/kind";
import { textAt, valueAt } from "../spans/lookup";
import type { Meaning } from "../spans/names";
import { errorOf, type SpanView } from "../spans/span";
import type { OtelOptions } from "./options";

/** What a trace is told with. */
export interface TraceSource {
  readonly dt: Dunetrace;
  readonly options: OtelOptions;
  readonly traceId: string;
  /** Whether a run of this trace has ended before; its id is taken then. */
  readonly isTaken: boolean;
  readonly serviceName: string | undefined;
}

/** `0af76519-16cd-43dd-8448-eb211c80319c` of 32 hex digits. */
const uuidOf = (traceId: string): string => traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

const isOfAgent = (kind: SpanKind): boolean => kind !== "other";

/** One trace: a run from the moment something of an agent is in it, until all its spans have ended. */
export class Trace {
  readonly #source: TraceSource;
  readonly #open = new Map<string, SpanView>();
  #calls: SpanCalls | undefined;
  #root: SpanView | undefined;
  #lastEnd: Micros = 0;

  constructor(source: TraceSource) {
    this.#source = source;
  }

  /** Whether it became a run. */
  get isRun(): boolean {
    return this.#calls !== undefined;
  }

  started(span: SpanView): void {
    this.#root ??= span;
    this.#open.set(span.id, span);
    if (this.#calls !== undefined) this.#tell((calls) => calls.started(span));
    else if (isOfAgent(kindOf(span))) this.#openRun(span);
  }

  /** @returns whether all spans have ended, and with them the run */
  ended(span: SpanView): boolean {
    if (this.#calls === undefined && isOfAgent(kindOf(span))) this.#openRun(span);
    this.#open.delete(span.id);
    if (span.id === this.#root?.id) this.#root = span;
    this.#lastEnd = Math.max(this.#lastEnd, span.end ?? 0);
    this.#tell((calls) => calls.ended(span));
    if (this.#open.size > 0) return false;
    this.#close();
    return true;
  }

  /** Ends the run although spans are open. */
  abandon(): void {
    this.#calls?.run.end({ exitReason: "aborted" });
  }

  #openRun(span: SpanView): void {
    const { dt, options, traceId, isTaken, serviceName } = this.#source;
    const { agentId, ...fixed } = options;
    const said = (meaning: Meaning): string | undefined => this.#said(span, meaning);
    const run = dt.startRun(
      agentId ?? said("agent") ?? serviceName,
      {
        ...fixed,
        version: options.version ?? said("version"),
        runId: isTaken ? randomUUID() : uuidOf(traceId),
        traceId,
        userInput: askedOf(valueAt(this.#root ?? span, "input") ?? valueAt(span, "input")),
        sessionId: said("session"),
        userId: said("user"),
        source: "opentelemetry",
      },
      { at: this.#root?.start ?? span.start },
    );
    this.#calls = new SpanCalls(run);
    for (const open of this.#open.values()) this.#tell((calls) => calls.started(open));
  }

  /** What the outermost open span says that says it. */
  #said(span: SpanView, meaning: Meaning): string | undefined {
    for (const open of this.#open.values()) {
      const found = textAt(open, meaning);
      if (found !== undefined) return found;
    }
    return textAt(span, meaning);
  }

  /** What a policy stops is written; into the code that made the span nothing is thrown. */
  #tell(tell: (calls: SpanCalls) => void): void {
    try {
      if (this.#calls !== undefined) tell(this.#calls);
    } catch (error) {
      if (!(error instanceof PolicyViolation)) throw error;
    }
  }

  #close(): void {
    const calls = this.#calls;
    if (calls === undefined) return;
    const error = this.#root === undefined ? undefined : errorOf(this.#root);
    if (calls.lastFinish === "stop" || calls.lastFinish === "end_turn") calls.run.finalAnswer();
    if (error === undefined) calls.run.end({}, { at: this.#lastEnd });
    else calls.run.fail(error, { at: this.#lastEnd });
  }
}
