import type { Attributes } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { Signal } from "../../core/detectors";
import type { Micros } from "../../core/wire";
import type { Dunetrace, RecordedEvent, RunContext, RunHook } from "../../sdk";
import { outsideRuns } from "../../sdk/context";
import { OptionsError } from "../../sdk/optionValues";
import { attributesOf, spanNameOf } from "./runAttributes";
import { readableOf, resourceOf, spanContextOf } from "./runSpan";

/** How runs become traces. */
export interface RunExportOptions {
  /** `service.name` of the traces. Default: `dunetrace`. */
  readonly serviceName?: string | undefined;
}

/** Where the spans go: a `BatchSpanProcessor` or any other span processor. */
export interface SpanTarget {
  onEnd(span: ReadableSpan): void;
}

/** Signals beyond these would not fit on a span. */
const MOST_SIGNALS = 16;

type Called = Extract<RecordedEvent, { event_type: `${string}.called` }>;

interface Exported {
  readonly started: Extract<RecordedEvent, { event_type: "run.started" }>;
  readonly calls: Map<number, Called>;
}

/**
 * Makes each run from now on a trace: a root span with what was found in the run, and a span for each call. The trace's
 * id is the run's without dashes. No content is in the spans.
 *
 * @param target gets each span when it is over; flushing and closing it stays yours
 * @throws OptionsError when the target is no span processor, and for an unknown option
 * @example
 * const processor = new BatchSpanProcessor(new OTLPTraceExporter());
 * exportRuns(dt, processor, { serviceName: "support" });
 */
export function exportRuns(dt: Dunetrace, target: SpanTarget, options: RunExportOptions = {}): void {
  if (typeof target?.onEnd !== "function") {
    throw new OptionsError("exportRuns needs a span processor: new BatchSpanProcessor(exporter).");
  }
  const unknown = Object.keys(options).find((name) => name !== "serviceName");
  if (unknown !== undefined) throw new OptionsError(`Unknown option "${unknown}" of exportRuns. It knows serviceName.`);
  dt.addHook(new RunExport(target, options.serviceName ?? "dunetrace"));
}

class RunExport implements RunHook {
  readonly #target: SpanTarget;
  readonly #resource: ReadableSpan["resource"];
  readonly #runs = new WeakMap<RunContext, Exported>();

  constructor(target: SpanTarget, serviceName: string) {
    this.#target = target;
    this.#resource = resourceOf(serviceName);
  }

  started(run: RunContext, event: Readonly<RecordedEvent>): void {
    if (event.event_type === "run.started") this.#runs.set(run, { started: event, calls: new Map() });
  }

  afterEvent(run: RunContext, event: Readonly<RecordedEvent>): undefined {
    const calls = this.#runs.get(run)?.calls;
    switch (event.event_type) {
      case "llm.called":
      case "tool.called":
      case "retrieval.called":
        calls?.set(event.step_index, event);
        return;
      case "llm.responded":
      case "tool.responded":
      case "retrieval.responded": {
        const call = calls?.get(event.step_index);
        calls?.delete(event.step_index);
        if (call !== undefined) this.#exportCall(run, call, event);
      }
    }
  }

  ended(run: RunContext, signals: readonly Signal[], end: Micros): void {
    const exported = this.#runs.get(run);
    if (exported === undefined) return;
    this.#runs.delete(run);
    const { started, calls } = exported;
    for (const call of calls.values()) this.#exportCall(run, call, undefined, end);
    const counted = signals.filter(({ shadow }) => !shadow);
    const isSevere = counted.some(({ severity }) => severity === "HIGH" || severity === "CRITICAL");
    this.#export({
      name: `invoke_agent ${run.agentId}`,
      kind: 0,
      context: spanContextOf(run.runId, 0),
      parent: undefined,
      start: started.time,
      end,
      failed: isSevere || run.ended === "run.errored",
      attributes: {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": run.agentId,
        "dunetrace.run_id": run.runId,
        ...(run.parentRunId === undefined ? {} : { "dunetrace.parent_run_id": run.parentRunId }),
        ...(run.exitReason === undefined ? {} : { "dunetrace.exit_reason": run.exitReason }),
        ...signalAttributes(counted),
      },
    });
  }

  #exportCall(run: RunContext, call: Called, answer: Readonly<RecordedEvent> | undefined, end = call.time): void {
    const { attributes, failed } = attributesOf(call, answer);
    this.#export({
      name: spanNameOf(call),
      kind: call.event_type === "llm.called" ? 2 : 0,
      context: spanContextOf(run.runId, call.step_index),
      parent: spanContextOf(run.runId, 0),
      start: call.time,
      end: answer?.time ?? end,
      failed,
      attributes,
    });
  }

  #export(span: Parameters<typeof readableOf>[0]): void {
    // The requests of an exporter are no work of the agent.
    outsideRuns(() => this.#target.onEnd(readableOf(span, this.#resource)));
  }
}

function signalAttributes(signals: readonly Signal[]): Attributes {
  const attributes: Attributes = {};
  for (const [index, { failure_type, severity, confidence }] of signals.slice(0, MOST_SIGNALS).entries()) {
    attributes[`dunetrace.signal.${index}.failure_type`] = failure_type;
    attributes[`dunetrace.signal.${index}.severity`] = severity;
    attributes[`dunetrace.signal.${index}.confidence`] = confidence;
  }
  return attributes;
}
