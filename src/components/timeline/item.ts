import type { Run, Step, StepKind } from "../../core/run";
import type { LineOf, Micros } from "../../core/wire";
import { findNesting } from "./nesting";

/** `span` is a component that is no call: a pipeline, a chain, a guard. */
export type ItemKind = StepKind | "span";

/** One call or span on the timeline. Times in ms since its beginning. */
export interface TimelineItem {
  readonly kind: ItemKind;
  /** Model, tool, index or component; undefined when no line names it. */
  readonly name: string | undefined;
  readonly step_index: number;
  readonly start: number;
  readonly end: number;
  readonly duration_ms: number;
  readonly failed: boolean;
  readonly answered: boolean;
  /** It happened inside a call. */
  readonly inner: boolean;
  /** How many known calls and spans it lies in. */
  readonly depth: number;
  readonly step: Step | undefined;
  readonly span: LineOf<"span.ended"> | undefined;
}

/** A run as the timeline draws it. */
export interface TimelineRun {
  readonly run: Run;
  /** What 0 ms stands for. */
  readonly origin: Micros;
  /** From 0 to the last thing that is known of it, ms; at least 1. */
  readonly length: number;
  /** By start. */
  readonly items: readonly TimelineItem[];
}

/** An item with the ids that tell what it lies in. */
export interface TracedItem {
  readonly item: TimelineItem;
  readonly span_id: string | undefined;
  readonly parent_span_id: string | undefined;
}

/** The calls and spans of a run with their times from its beginning; an answer without a call may move that ahead. */
export function timelineRun(run: Run): TimelineRun {
  const spans = run.lines.filter(isSpan);
  let origin = run.started_at;
  for (const step of run.steps) origin = Math.min(origin, step.start);
  for (const line of spans) origin = Math.min(origin, line.time - line.payload.duration_ms * 1000);
  const ms = (time: Micros): number => Math.max(0, (time - origin) / 1000);
  const lineOf = tracedLines(run);
  const traced: TracedItem[] = run.steps.map((step) => {
    const line = lineOf?.get(step.call ?? step.answer ?? step);
    return { item: stepItem(step, ms), span_id: line?.span_id, parent_span_id: line?.parent_span_id };
  });
  for (const line of spans) {
    traced.push({ item: spanItem(line, ms), span_id: line.span_id, parent_span_id: line.parent_span_id });
  }
  traced.sort((a, b) => a.item.start - b.item.start || b.item.end - a.item.end);
  // Without spans and ids nothing lies in anything.
  const items = spans.length > 0 || lineOf !== undefined ? findNesting(traced) : traced.map(({ item }) => item);
  let length = Math.max(1, ms(run.ended_at));
  for (const item of items) length = Math.max(length, item.end);
  return { run, origin, length, items };
}

/** Lines by payload, which steps keep; undefined where no line says what it lies in. */
function tracedLines({ lines }: Run): Map<object, Run["lines"][number]> | undefined {
  if (!lines.some((line) => line.parent_span_id !== undefined)) return undefined;
  return new Map(lines.map((line) => [line.payload, line]));
}

function isSpan(line: Run["lines"][number]): line is LineOf<"span.ended"> {
  return line.event_type === "span.ended";
}

function stepItem(step: Step, ms: (time: Micros) => number): TimelineItem {
  const { kind, name, step_index, duration_ms, failed, answered } = step;
  const [start, end] = [ms(step.start), ms(step.end)];
  const place = { inner: false, depth: 0 };
  return { kind, name, step_index, start, end, duration_ms, failed, answered, ...place, step, span: undefined };
}

function spanItem(line: LineOf<"span.ended">, ms: (time: Micros) => number): TimelineItem {
  const { step_index, time, payload } = line;
  const { duration_ms, status } = payload;
  return {
    kind: "span",
    name: payload.label ?? payload.name,
    step_index,
    start: ms(time - duration_ms * 1000),
    end: ms(time),
    duration_ms,
    failed: status === "error",
    answered: true,
    inner: false,
    depth: 0,
    step: undefined,
    span: line,
  };
}
