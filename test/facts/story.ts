import type { FactEvent } from "../../src/core/facts/event";
import type { Facts } from "../../src/core/facts/facts";
import type { Payloads } from "../../src/core/wire/events";
import type { Micros } from "../../src/core/wire/line";
import type { ExitReason } from "../../src/core/wire/terms";

type Unplaced = { [E in FactEvent as E["event_type"]]: Pick<E, "event_type" | "payload"> }[FactEvent["event_type"]];
type Kind = "llm" | "tool" | "retrieval";

/** 2026-11-20T10:00:00Z. */
const START: Micros = 1_795_168_800_000_000;

/**
 * A tiny run told event by event, to be read aloud: one second from event to event unless `after` says otherwise, steps
 * as the SDK counts them, an answer belongs to the last call of its kind unless `of` names another step.
 *
 * @example
 * story().start().tool("search", "a").ok(5).done("final_answer")
 */
export class Story {
  readonly events: FactEvent[] = [];
  #clock = START - 1_000_000;
  #pause = 1_000_000;
  #step = 0;
  #schema = true;
  #answering: number | undefined;
  #callId: string | undefined;
  readonly #last: Partial<Record<Kind, number>> = {};

  /** The time to the next event, ms; may be negative. */
  after(ms: number): this {
    this.#pause = ms * 1000;
    return this;
  }

  /** The step the next answer states. */
  of(step: number): this {
    this.#answering = step;
    return this;
  }

  /** From here on lines have no `schema`, as those of the Python package. */
  withoutSchema(): this {
    this.#schema = false;
    return this;
  }

  /** The call_id of the next event. */
  id(call_id: string): this {
    this.#callId = call_id;
    return this;
  }

  /** The next call shares the step of the one before. */
  parallel(): this {
    this.#step--;
    return this;
  }

  start(payload: Payloads["run.started"] = {}): this {
    return this.#add({ event_type: "run.started", payload });
  }

  input(payload: Payloads["input.received"] = {}): this {
    return this.#add({ event_type: "input.received", payload });
  }

  llm(payload: Payloads["llm.called"] = {}): this {
    return this.#call("llm", { event_type: "llm.called", payload });
  }

  /** An LLM answer. */
  says(payload: Payloads["llm.responded"] = {}): this {
    return this.#answer("llm", { event_type: "llm.responded", payload });
  }

  tool(tool_name: string, args_hash?: string, args_length?: number): this {
    return this.#call("tool", { event_type: "tool.called", payload: { tool_name, args_hash, args_length } });
  }

  /** A tool answer that says what is given and no more. */
  returns(payload: Payloads["tool.responded"]): this {
    return this.#answer("tool", { event_type: "tool.responded", payload });
  }

  ok(output_length?: number, tool_name?: string): this {
    return this.returns({ tool_name, success: true, output_length });
  }

  fails(output_length?: number, tool_name?: string): this {
    return this.returns({ tool_name, success: false, output_length });
  }

  /** A call and its failure. */
  failing(tool_name: string, args_hash?: string): this {
    return this.tool(tool_name, args_hash).fails(undefined, tool_name);
  }

  /** A call and its success. */
  working(tool_name: string, args_hash?: string): this {
    return this.tool(tool_name, args_hash).ok(undefined, tool_name);
  }

  retrieve(index_name: string, query_hash?: string): this {
    return this.#call("retrieval", { event_type: "retrieval.called", payload: { index_name, query_hash } });
  }

  finds(result_count?: number, payload: Payloads["retrieval.responded"] = {}): this {
    return this.#answer("retrieval", { event_type: "retrieval.responded", payload: { ...payload, result_count } });
  }

  outside(): this {
    return this.#add({ event_type: "external.signal", payload: { signal_name: "deploy" } });
  }

  policy(): this {
    const payload = { policy_name: "cap", action_type: "warn", trigger: "steps", value: 3 };
    return this.#add({ event_type: "policy.triggered", payload });
  }

  done(exit_reason?: ExitReason): this {
    return this.#add({ event_type: "run.completed", payload: { exit_reason } });
  }

  errored(exit_reason?: ExitReason): this {
    return this.#add({ event_type: "run.errored", payload: { error_type: "Error", exit_reason } });
  }

  #call(kind: Kind, event: Unplaced): this {
    this.#step++;
    this.#last[kind] = this.#step;
    return this.#add(event);
  }

  #answer(kind: Kind, event: Unplaced): this {
    const step = this.#answering ?? this.#last[kind] ?? this.#step;
    this.#answering = undefined;
    return this.#add(event, step);
  }

  #add(event: Unplaced, step_index = this.#step): this {
    this.#clock += this.#pause;
    this.#pause = 1_000_000;
    const place = { time: this.#clock, step_index, ...(this.#schema ? { schema: 1 } : {}) };
    this.events.push({ ...event, ...place, ...(this.#callId === undefined ? {} : { call_id: this.#callId }) });
    this.#callId = undefined;
    return this;
  }
}

export function story(): Story {
  return new Story();
}

/** One sentence about facts, a run that shows it, and the facts of that run worked out by hand. */
export type Example = readonly [sentence: string, run: Story, facts: Partial<Facts>];
