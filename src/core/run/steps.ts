import { type CallKind, type OpenCall, OpenCalls } from "../facts/calls";
import type { FactEvent } from "../facts/event";
import type { Micros } from "../wire/line";
import { microsToMillis } from "../wire/time";
import type { Step } from "./run";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A call that waits for its answer, with the step it becomes. */
interface StepCall extends OpenCall {
  readonly result: Writable<Step>;
}

/** Calls with their answers, in the order of the calls; an LLM answer without a call is a step of its own. */
export function buildSteps(events: readonly FactEvent[]): Step[] {
  const builder = new StepBuilder(events);
  for (const event of events) builder.add(event);
  return builder.finish();
}

class StepBuilder {
  readonly #steps: Writable<Step>[] = [];
  readonly #open = new OpenCalls<StepCall>();
  readonly #human: ReadonlySet<string>;
  /** Steps never answered so far whose end is still to be seen. */
  #fresh: Writable<Step>[] = [];
  #round = 0;
  #turn = 0;
  #last: Micros = 0;
  /** How many of the fresh ones the terminal event has ended, unless a later event prolongs them, and when. */
  #ended = 0;
  #end: Micros = 0;

  constructor(events: readonly FactEvent[]) {
    const started = events.find((event) => event.event_type === "run.started");
    this.#human = new Set(started?.event_type === "run.started" ? (started.payload.human_tools ?? []) : []);
  }

  add(event: FactEvent): void {
    this.#last = event.time;
    switch (event.event_type) {
      case "llm.called":
        this.#expire(event.time);
        this.#round++;
        this.#call(event, "llm", event.payload.model);
        break;
      case "tool.called":
        this.#call(event, "tool", event.payload.tool_name);
        break;
      case "retrieval.called":
        this.#call(event, "retrieval", event.payload.index_name);
        break;
      case "llm.responded":
        this.#answer(event, "llm", event.payload.model, event.payload.finish_reason === "error");
        break;
      case "tool.responded":
        this.#answer(event, "tool", event.payload.tool_name, event.payload.success === false);
        break;
      case "retrieval.responded":
        this.#answer(event, "retrieval", event.payload.index_name, event.payload.error_type !== undefined);
        break;
      case "input.received":
        this.#expire(event.time);
        this.#turn++;
        break;
      case "run.completed":
      case "run.errored":
        // Of two terminal events the later counts.
        this.#ended = this.#fresh.length;
        this.#end = event.time;
        break;
      default:
        break;
    }
  }

  finish(): Step[] {
    this.#fresh.forEach((step, at) => {
      if (!step.answered) end(step, Math.max(at < this.#ended ? this.#end : this.#last, step.start));
    });
    return this.#steps;
  }

  #expire(time: Micros): void {
    for (const step of this.#fresh) if (!step.answered) end(step, Math.max(time, step.start));
    this.#fresh = [];
    this.#ended = 0;
  }

  #newStep(event: FactEvent, kind: CallKind, name: string | undefined): Writable<Step> {
    const step: Writable<Step> = {
      kind,
      name,
      step_index: event.step_index,
      turn: this.#turn,
      start: event.time,
      end: event.time,
      answered: false,
      duration_ms: 0,
      failed: false,
      call: undefined,
      answer: undefined,
      human: kind === "tool" && name !== undefined && this.#human.has(name),
    };
    this.#steps.push(step);
    return step;
  }

  #call(
    event: Extract<FactEvent, { event_type: `${CallKind}.called` }>,
    kind: CallKind,
    name: string | undefined,
  ): void {
    const result = this.#newStep(event, kind, name);
    result.call = event.payload;
    this.#fresh.push(result);
    const { step_index: step, time, call_id } = event;
    this.#open.add({ kind, name, step, time, call_id, round: this.#round, result });
  }

  #answer(
    event: Extract<FactEvent, { event_type: `${CallKind}.responded` }>,
    kind: CallKind,
    name: string | undefined,
    failed: boolean,
  ): void {
    const { step_index: step, schema, call_id, time, payload } = event;
    const result =
      this.#open.take({ kind, name, step, schema, call_id }, this.#round)?.result ?? this.#stray(event, kind, name);
    result.answered = true;
    result.answer = payload;
    result.failed = failed || payload.error_hash !== undefined;
    result.name ??= name;
    if (result.call !== undefined) end(result, Math.max(time, result.start));
    if (payload.latency_ms !== undefined) result.duration_ms = payload.latency_ms;
  }

  /** An answer without a call: it began its latency before. */
  #stray(
    event: FactEvent & { payload: { latency_ms?: number | undefined } },
    kind: CallKind,
    name: string | undefined,
  ): Writable<Step> {
    const step = this.#newStep(event, kind, name);
    step.start = event.time - (event.payload.latency_ms ?? 0) * 1000;
    return step;
  }
}

function end(step: Writable<Step>, time: Micros): void {
  step.end = time;
  step.duration_ms = microsToMillis(time - step.start);
}
