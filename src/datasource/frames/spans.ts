import type { TraceKeyValuePair, TraceLog, TraceSpanRow } from "@grafana/data";
import type { Run, Step } from "../../core/run";
import type { LineOf } from "../../core/wire";
import { stepName } from "../../core/words";
import type { ExplainedSignal, RunDetails, RunRow } from "../../logql/ask";

type Value = string | number | boolean | undefined | null;

/** A span before its parent is known to be there. */
export type Span = TraceSpanRow;

const ms = (micros: number): number => micros / 1000;

/** Tags of what is known; Grafana's panel takes `error: true` for a failed span. */
function tagsOf(values: Readonly<Record<string, Value>>, failed: boolean): TraceKeyValuePair[] {
  const tags = Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === null || value === "" ? [] : [{ key, value }],
  );
  return failed ? [...tags, { key: "error", value: true }] : tags;
}

const statusOf = (failed: boolean): Pick<Span, "statusCode"> => ({ statusCode: failed ? 2 : 1 });

/** The run itself: the root of the trace. */
export function runSpan({ run, signals }: RunDetails, logs: readonly TraceLog[]): Span {
  const failed = run.status === "errored";
  const { facts } = run;
  return {
    ...shared(run),
    spanID: run.run_id,
    parentSpanID: undefined,
    operationName: `run ${run.agent_id}`,
    startTime: ms(run.started_at),
    duration: ms(run.ended_at - run.started_at),
    kind: "server",
    ...statusOf(failed),
    tags: tagsOf(
      {
        "dunetrace.run_id": run.run_id,
        "dunetrace.status": run.status,
        "dunetrace.exit_reason": run.exit_reason,
        "gen_ai.agent.id": run.agent_id,
        "gen_ai.agent.version": run.agent_version,
        "gen_ai.conversation.id": run.session_id,
        "gen_ai.request.model": run.model,
        "gen_ai.usage.total_tokens": facts.total_tokens,
        "dunetrace.cost_usd": facts.cost_usd,
        "dunetrace.steps": facts.steps,
        "dunetrace.signals": signals
          .filter(({ shadow }) => !shadow)
          .map(({ failure_type }) => failure_type)
          .join(", "),
      },
      failed,
    ),
    logs: [...logs],
  };
}

export function shared(run: Run): Pick<Span, "traceID" | "serviceName" | "serviceTags"> {
  return {
    traceID: run.trace_id ?? run.run_id,
    serviceName: run.agent_id,
    serviceTags: tagsOf(
      { "service.version": run.agent_version, "deployment.environment": run.tags?.environment },
      false,
    ),
  };
}

const OPERATIONS = { llm: "chat", tool: "execute_tool", retrieval: "retrieval" } as const;

/** A call of the run. */
export function stepSpan(run: Run, step: Step, at: number, logs: readonly TraceLog[]): Span {
  const { kind, call = {}, answer = {} } = step;
  return {
    ...shared(run),
    spanID: `${run.run_id}.${at}`,
    parentSpanID: run.run_id,
    operationName: kind === "llm" ? `chat ${stepName(step)}` : stepName(step),
    startTime: ms(step.start),
    duration: step.duration_ms,
    kind: "client",
    ...(step.answered ? statusOf(step.failed) : { statusCode: 0 }),
    tags: tagsOf(
      {
        "gen_ai.operation.name": OPERATIONS[kind],
        "dunetrace.step_index": step.step_index,
        "dunetrace.turn": step.turn,
        "dunetrace.answered": step.answered,
        ...scalars(call),
        ...scalars(answer),
      },
      step.failed,
    ),
    logs: [...logs],
  };
}

/** Numbers and hashes of a payload; content never, whatever a line carries. */
function scalars(payload: object): Record<string, Value> {
  const entries = Object.entries(payload).filter(
    ([key, value]) =>
      SHOWN.test(key) && (typeof value === "string" || typeof value === "number" || typeof value === "boolean"),
  );
  return Object.fromEntries(entries.map(([key, value]) => [`dunetrace.${key}`, value]));
}

const SHOWN =
  /_(?:tokens|ms|hash|length|shape|count|score|reason|type|usd|name|version)$|^(?:model|provider|streaming|success)$/;

/** A span that a producer wrote as it stands, such as a component of a pipeline. */
export function endedSpan(run: Run, line: LineOf<"span.ended">, at: number): Span {
  const { name, label, kind, status, duration_ms } = line.payload;
  const failed = status === "error";
  return {
    ...shared(run),
    spanID: line.span_id ?? `${run.run_id}.span.${at}`,
    parentSpanID: line.parent_span_id,
    operationName: label ?? name,
    startTime: ms(line.time) - duration_ms,
    duration: duration_ms,
    kind: "internal",
    ...statusOf(failed),
    tags: tagsOf(
      { "dunetrace.component": name, "dunetrace.kind": kind, "dunetrace.step_index": line.step_index },
      failed,
    ),
    logs: [],
  };
}

/** A run nested in this one, as one span: its own page has its steps. */
export function childSpan(run: Run, { run: child }: RunRow): Span {
  const failed = child.status === "errored";
  const end = child.ended_at ?? run.ended_at;
  return {
    ...shared(run),
    serviceName: child.agent_id,
    spanID: child.run_id,
    parentSpanID: run.run_id,
    operationName: `run ${child.agent_id}`,
    startTime: ms(child.started_at),
    duration: child.duration_ms ?? Math.max(0, ms(end - child.started_at)),
    kind: "internal",
    ...statusOf(failed),
    tags: tagsOf(
      {
        "dunetrace.run_id": child.run_id,
        "dunetrace.status": child.status,
        "gen_ai.agent.id": child.agent_id,
        "dunetrace.steps": child.steps,
        "gen_ai.usage.total_tokens": child.facts?.total_tokens,
        "dunetrace.cost_usd": child.facts?.cost_usd,
      },
      failed,
    ),
    logs: [],
  };
}

/** A signal as an event of the span it is shown at. */
export function signalLog(signal: ExplainedSignal, timeMs: number): TraceLog {
  const { failure_type, severity, confidence, shadow, title, explanation } = signal;
  return {
    timestamp: timeMs,
    name: `${severity} ${failure_type}`,
    fields: tagsOf({ severity, failure_type, confidence, shadow, title, what: explanation.what }, false),
  };
}

export function externalLog({ time, payload }: LineOf<"external.signal">): TraceLog {
  const { signal_name, source, meta } = payload;
  return { timestamp: ms(time), name: signal_name, fields: tagsOf({ signal_name, source, ...meta }, false) };
}
