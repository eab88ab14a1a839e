import { type Micros, microsToMillis, type Payloads } from "../../core/wire";
import type { Content } from "../../sdk/content";
import { SDK_NAME, SDK_VERSION } from "../../sdk/version";
import { patternOf } from "../config/agentRules";
import type { Call } from "./calls";
import type { TracedRun } from "./run";
import type { Node } from "./tree";

type Written = "run.started" | "span.ended" | `${Call["kind"]}.${"called" | "responded"}`;

/** One event of a traced run, before its line. */
export type RunEvent = {
  [T in Written]: {
    readonly event_type: T;
    readonly time: Micros;
    readonly step_index: number;
    readonly payload: Payloads[T];
    readonly span_id?: string | undefined;
    readonly parent_span_id?: string | undefined;
  };
}[Written];

export interface EventOptions {
  readonly content: Content;
  /** Whether components that are no calls become `span.ended`. Default: true. */
  readonly innerSpans?: boolean | undefined;
  /** Names of spans that never become `span.ended`; `*` stands for any text. */
  readonly excluded?: ReadonlySet<string> | undefined;
}

/** Something that happens at one moment. */
interface Happening {
  readonly time: Micros;
  /** Of one time: what ended before it (0), then what starts (1). */
  readonly rank: 0 | 1;
  readonly order: number;
  /** Of one call that takes no time, the call before the answer. */
  readonly phase: 0 | 1;
  readonly what: Call | Node;
}

/** The events of a run but its end, in order: calls take their steps as they start, answers carry the step of their call. */
export function eventsOf(run: TracedRun, options: EventOptions): RunEvent[] {
  const events: RunEvent[] = [
    { event_type: "run.started", time: run.start, step_index: 0, payload: startedPayload(run, options.content) },
  ];
  const steps = new Map<Call | Node, number>();
  for (const { time, phase, what } of happeningsOf(run, options)) {
    if ("component" in what) {
      events.push({
        event_type: "span.ended",
        time,
        step_index: steps.size,
        payload: spanPayload(what),
        ...spanIds(what),
      });
      continue;
    }
    if (phase === 0) steps.set(what, steps.size + 1);
    events.push(callEvent(what, phase, time, steps.get(what) ?? steps.size));
  }
  return events;
}

function happeningsOf(run: TracedRun, { innerSpans, excluded }: EventOptions): readonly Happening[] {
  const all: Happening[] = run.calls.flatMap((call, index): Happening[] => {
    // Calls of one span keep their order.
    const order = call.node.order + index / (run.calls.length + 1);
    const rank = call.end === call.start ? 1 : 0;
    return [
      { time: call.start, rank: 1, order, phase: 0, what: call },
      { time: call.end, rank, order, phase: 1, what: call },
    ];
  });
  if (innerSpans !== false) {
    const patterns = [...(excluded ?? [])].flatMap((name) => (name.includes("*") ? [patternOf(name)] : []));
    for (const node of run.others) {
      const { name } = node.component;
      if (isPiece(node) || excluded?.has(name) === true || patterns.some((pattern) => pattern.test(name))) continue;
      all.push({ time: node.component.end, rank: 0, order: node.order, phase: 1, what: node });
    }
  }
  return all.sort((a, b) => a.time - b.time || a.rank - b.rank || a.order - b.order || a.phase - b.phase);
}

/** A piece of a request as servers in Python trace it: a streamed answer has one for each of its chunks. */
function isPiece({ component: { kind, name } }: Node): boolean {
  return kind === "transport" && /\b(?:http|websocket) (?:send|receive)$/.test(name);
}

function callEvent(call: Call, phase: 0 | 1, time: Micros, step_index: number): RunEvent {
  const place = { time, step_index, ...spanIds(call.node) };
  switch (call.kind) {
    case "llm":
      return phase === 0
        ? { event_type: "llm.called", payload: call.called, ...place }
        : { event_type: "llm.responded", payload: call.answer, ...place };
    case "tool":
      return phase === 0
        ? { event_type: "tool.called", payload: call.called, ...place }
        : { event_type: "tool.responded", payload: call.answer, ...place };
    case "retrieval":
      return phase === 0
        ? { event_type: "retrieval.called", payload: call.called, ...place }
        : { event_type: "retrieval.responded", payload: call.answer, ...place };
  }
}

function spanIds({ component }: Node): Pick<RunEvent, "span_id" | "parent_span_id"> {
  return { span_id: component.spanId, parent_span_id: component.parentSpanId };
}

function spanPayload({ component }: Node): Payloads["span.ended"] {
  const { name, kind, failed, start, end } = component;
  const { label, type } = "label" in component ? component : {};
  const attrs = type === undefined ? undefined : { type };
  return { name, label, attrs, kind, status: failed ? "error" : "ok", duration_ms: microsToMillis(end - start) };
}

function startedPayload(run: TracedRun, content: Content): Payloads["run.started"] {
  const { model, tools, kind, attrs, input } = run;
  return {
    input_hash: "",
    ...input,
    model,
    tools: tools === undefined ? undefined : [...tools],
    capture: content.capture,
    hash: content.hashMode,
    sdk: { name: SDK_NAME, version: SDK_VERSION },
    source: "otlp",
    kind: kind ?? "run",
    attrs: attrs === undefined ? undefined : { ...attrs },
  };
}
