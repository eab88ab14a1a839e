import type { FactEvent } from "../../../src/core/facts/event";
import type { Micros } from "../../../src/core/wire/line";

/** A counted event of one type. */
export type EventOf<T extends FactEvent["event_type"]> = Extract<FactEvent, { event_type: T }>;
export type Kind = "llm" | "tool" | "retrieval";
/** What a tool answer that fits no call and names no tool, or a retrieval that names no index, is counted by. */
export const NAMELESS = "unknown";
export type CallEvent = EventOf<"llm.called" | "tool.called" | "retrieval.called">;
export type AnswerEvent = EventOf<"llm.responded" | "tool.responded" | "retrieval.responded">;

/** A call with all that will ever be known of it; an LLM answer without a call is one of its own. */
export interface Call {
  readonly kind: Kind;
  /** Index of the event that made it: the call, or the answer that stands alone. */
  readonly position: number;
  readonly step: number;
  readonly turn: number;
  readonly name: string | undefined;
  /** Hash of arguments or query. */
  readonly args: string | undefined;
  /** Absent for an LLM answer that stands alone. */
  readonly event: CallEvent | undefined;
  answer: Answer | undefined;
}

export interface Answer {
  readonly kind: Kind;
  readonly position: number;
  readonly event: AnswerEvent;
  /** Absent when it fits no call. */
  readonly call: Call | undefined;
  /** Of its call, else its own. */
  readonly step: number;
  readonly turn: number;
  readonly name: string | undefined;
}

/** Everything that happened, with answers and calls paired. */
export interface History {
  readonly events: readonly FactEvent[];
  /** In the order they were made. */
  readonly calls: readonly Call[];
  /** In the order they were read. */
  readonly answers: readonly Answer[];
}

const CALLED: Readonly<Record<string, Kind>> = {
  "llm.called": "llm",
  "tool.called": "tool",
  "retrieval.called": "retrieval",
};
const RESPONDED: Readonly<Record<string, Kind>> = {
  "llm.responded": "llm",
  "tool.responded": "tool",
  "retrieval.responded": "retrieval",
};

export function isCall(event: FactEvent): event is CallEvent {
  return event.event_type in CALLED;
}

export function isAnswer(event: FactEvent): event is AnswerEvent {
  return event.event_type in RESPONDED;
}

/** All events of the given types, with their positions. */
export function eventsOf<T extends FactEvent["event_type"]>(
  events: readonly FactEvent[],
  ...types: readonly T[]
): { event: EventOf<T>; position: number }[] {
  const wanted: readonly string[] = types;
  const is = (event: FactEvent): event is EventOf<T> => wanted.includes(event.event_type);
  return events.flatMap((event, position) => (is(event) ? [{ event, position }] : []));
}

/** How many user inputs after the first lie at or before a position. */
function turnAt(events: readonly FactEvent[], position: number): number {
  return eventsOf(events, "input.received").filter((input) => input.position <= position).length;
}

/** Tool, index or model. */
function nameOf(event: CallEvent | AnswerEvent): string | undefined {
  switch (event.event_type) {
    case "tool.called":
    case "tool.responded":
      return event.payload.tool_name;
    case "retrieval.called":
    case "retrieval.responded":
      return event.payload.index_name;
    default:
      return event.payload.model;
  }
}

function argsOf(event: CallEvent): string | undefined {
  if (event.event_type === "tool.called") return event.payload.args_hash;
  if (event.event_type === "retrieval.called") return event.payload.query_hash;
  return undefined;
}

/** The call an answer belongs to, of those made before it and not answered yet. */
function callFor(answer: AnswerEvent, kind: Kind, events: readonly FactEvent[], calls: readonly Call[]) {
  const open = calls.filter((call) => call.kind === kind && call.event !== undefined && call.answer === undefined);
  const name = nameOf(answer);
  if (answer.schema !== undefined) {
    const ofStep = open.filter((call) => call.step === answer.step_index);
    return ofStep.find((call) => name !== undefined && call.name === name) ?? ofStep[0];
  }
  if (answer.call_id !== undefined) {
    const ofId = open.find((call) => call.event?.call_id === answer.call_id);
    if (ofId !== undefined) return ofId;
  }
  const withoutId = open.filter((call) => call.event?.call_id === undefined);
  if (kind === "llm" || name === undefined) return withoutId.at(-1);
  const lastLlm = events.findLastIndex((event) => event.event_type === "llm.called");
  const named = withoutId.filter((call) => call.name === name);
  return named.find((call) => call.position > lastLlm) ?? named.filter((call) => call.position < lastLlm).at(-1);
}

/** Pairs calls and answers of a complete, ordered list of counted events. */
export function historyOf(events: readonly FactEvent[]): History {
  const calls: Call[] = [];
  const answers: Answer[] = [];
  events.forEach((event, position) => {
    const turn = turnAt(events, position);
    if (isCall(event)) {
      const kind = CALLED[event.event_type] ?? "llm";
      const call = { kind, position, step: event.step_index, turn, name: nameOf(event), args: argsOf(event) };
      calls.push({ ...call, event, answer: undefined });
    } else if (isAnswer(event)) {
      const kind = RESPONDED[event.event_type] ?? "llm";
      const call = callFor(event, kind, events.slice(0, position), calls);
      const own = { step: event.step_index, turn, name: nameOf(event) };
      const of = call ?? own;
      const name = call?.name ?? own.name;
      const answer: Answer = { kind, position, event, call, step: of.step, turn: of.turn, name };
      answers.push(answer);
      if (call !== undefined) call.answer = answer;
      else if (kind === "llm") calls.push({ kind, position, ...own, args: undefined, event: undefined, answer });
    }
  });
  return { events, calls, answers };
}

/** Where a call ended: at its answer, else at the next llm.called or input.received, the terminal or the last event. */
export function endOf(call: Call, events: readonly FactEvent[]): { position: number; time: Micros } {
  const after = (...types: readonly FactEvent["event_type"][]) =>
    eventsOf(events, ...types).filter((found) => found.position > call.position);
  const position =
    call.answer?.position ??
    after("llm.called", "input.received")[0]?.position ??
    after("run.completed", "run.errored").at(-1)?.position ??
    events.length - 1;
  return { position, time: timeAt(events, position) };
}

export function timeAt(events: readonly FactEvent[], position: number): Micros {
  const event = events[position];
  if (event === undefined) throw new Error(`no event at position ${position}`);
  return event.time;
}

/** Rounded half up, µs to ms. */
export function millis(micros: number): number {
  return Math.floor(micros / 1000 + 0.5);
}

/** Rounded half up to 4 decimals. */
export function fourDecimals(value: number): number {
  return Math.floor(value * 10_000 + 0.5) / 10_000;
}

/** The largest, undefined of none. */
export function largest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

/** The smallest, undefined of none. */
export function smallest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function known<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}

/** Values without repetition, first seen first. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
