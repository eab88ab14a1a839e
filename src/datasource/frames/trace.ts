import type { TraceLog } from "@grafana/data";
import { t } from "../../components/text";
import type { RunAnswer, RunDetails } from "../../logql/ask";
import { type Column, type Frame, fieldsOf } from "./frame";
import { runNotices } from "./run";
import { childSpan, endedSpan, externalLog, runSpan, type Span, signalLog, stepSpan } from "./spans";

/** A run as a trace: Grafana's own Traces panel and Explore draw it. */
export function traceFrame(found: RunDetails, cut: RunAnswer["cut"]): Frame {
  const { run_id, trace_id } = found.run;
  return {
    name: t("datasource.frame.trace", "Trace"),
    shape: "trace",
    fields: fieldsOf(spansOf(found), COLUMNS),
    custom: { run_id, traceFormat: "otlp", ...(trace_id === undefined ? {} : { trace_id }) },
    notices: runNotices(found, cut),
  };
}

/** The root first, then what it holds; every parent is there and every span has an id of its own. */
export function spansOf(found: RunDetails): readonly Span[] {
  const { run, children, signals } = found;
  const marks = marksOf(found);
  const ended = run.lines.flatMap((line, at) =>
    "unknown" in line || line.event_type !== "span.ended" ? [] : [endedSpan(run, line, at)],
  );
  const placed = new Set(run.steps.map(({ step_index }) => step_index));
  const rootMarks = signals
    .filter(({ step_index }) => step_index === undefined || !placed.has(step_index))
    .map((signal) => signalLog(signal, run.ended_at / 1000));
  const steps = run.steps.map((step, at) => {
    // Steps may share an index: the first of them bears its signals.
    const logs = placed.delete(step.step_index)
      ? signals.filter(({ step_index }) => step_index === step.step_index)
      : [];
    return stepSpan(
      run,
      step,
      at,
      logs.map((signal) => signalLog(signal, step.start / 1000)),
    );
  });
  const root = runSpan(found, [...marks, ...rootMarks]);
  return withParents([root, ...steps, ...ended, ...children.map((child) => childSpan(run, child))], root.spanID);
}

function marksOf({ run }: RunDetails): readonly TraceLog[] {
  return run.lines.flatMap((line) =>
    "unknown" in line || line.event_type !== "external.signal" ? [] : [externalLog(line)],
  );
}

/** Grafana draws a span without its parent beside the trace, and of two with one id only one. */
function withParents(spans: readonly Span[], root: string): readonly Span[] {
  const once = new Map<string, Span>();
  for (const span of spans) if (!once.has(span.spanID)) once.set(span.spanID, span);
  return [...once.values()].map((span) => {
    const { spanID, parentSpanID } = span;
    if (spanID === root) return span;
    const known = parentSpanID !== undefined && parentSpanID !== spanID && once.has(parentSpanID);
    return known ? span : { ...span, parentSpanID: root };
  });
}

const text = { type: "string" } as const;
const number = { type: "number" } as const;
const other = { type: "other" } as const;

const COLUMNS: readonly Column<Span>[] = [
  { ...text, name: "traceID", value: ({ traceID }) => traceID },
  { ...text, name: "spanID", value: ({ spanID }) => spanID },
  { ...text, name: "parentSpanID", value: ({ parentSpanID }) => parentSpanID },
  { ...text, name: "operationName", value: ({ operationName }) => operationName },
  { ...text, name: "serviceName", value: ({ serviceName }) => serviceName },
  { ...other, name: "serviceTags", value: ({ serviceTags }) => serviceTags },
  { ...number, name: "startTime", value: ({ startTime }) => startTime },
  { ...number, name: "duration", value: ({ duration }) => duration },
  { ...text, name: "kind", value: ({ kind }) => kind },
  { ...number, name: "statusCode", value: ({ statusCode }) => statusCode },
  { ...other, name: "tags", value: ({ tags }) => tags },
  { ...other, name: "logs", value: ({ logs }) => logs },
];
