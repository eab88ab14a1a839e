import type { Prices } from "../prices/prices";
import type { ExitReason } from "../wire/terms";
import { type Action, newAction } from "./action";
import { type CallKind, OpenCalls } from "./calls";
import type { FactEvent } from "./event";
import type { RunEvidence } from "./evidence";
import type { Facts } from "./facts";
import { noteFailure } from "./firstFailure";
import { FactParts } from "./parts";
import type { TimedCall } from "./timing";
import type { LlmCall } from "./usage";

/** An open call with everything the facts remember of it. */
export interface TrackedCall extends TimedCall {
  readonly action: Action | undefined;
  readonly llm: LlmCall | undefined;
}

export interface TrackerOptions {
  /** Prices LLM answers that state no cost. Without it such answers are unpriced. */
  readonly prices?: Prices | undefined;
}

type EventOf<T extends FactEvent["event_type"]> = Extract<FactEvent, { event_type: T }>;

/** Index of what a tool answer without a call is counted by: its own step and turn, unknown arguments, in no loop. */
const STRAY = -1;
/** A tool whose answer fits no call and names none. */
const NAMELESS = "unknown";

/**
 * Measures the facts of one run, event by event, in constant time per event and open call and in bounded space. The same
 * tracker runs in the SDK while the run goes on and over its lines afterwards.
 *
 * @example
 * const tracker = new FactTracker({ prices });
 * for (const line of lines) if (isCounted(line)) tracker.add(line);
 * tracker.finish().loop_count;
 */
export class FactTracker {
  /**
   * What is certain so far, updated in place: open calls, an answer that may turn out empty, durations and the terminal
   * event are left to `finish`. */
  readonly facts: Facts;
  readonly #parts: FactParts;
  #ended: "run.completed" | "run.errored" | undefined;
  #exitReason: ExitReason | undefined;
  #endStep = 0;
  readonly #calls = new OpenCalls<TrackedCall>();
  #human: ReadonlySet<string> | undefined;
  /** llm.called events so far. */
  #round = 0;
  #actions = 0;

  constructor(options: TrackerOptions = {}) {
    this.#parts = new FactParts(options.prices);
    this.facts = this.#parts.facts;
  }

  /** The terminal event that counts: of two the later. */
  get ended(): "run.completed" | "run.errored" | undefined {
    return this.#ended;
  }

  /** Why the run ended: `completed` or `error` when the terminal event does not say, undefined while there is none. */
  get exit_reason(): ExitReason | undefined {
    return this.#exitReason;
  }

  /** Calls that wait for an answer, oldest first. */
  openCalls(): readonly TrackedCall[] {
    return this.#calls.all;
  }

  /** Takes the next counted event of the run. */
  add(event: FactEvent): void {
    const { time, step_index: step, event_type: type } = event;
    this.#parts.timing.event(time, step, type);
    if (step > this.facts.steps) this.facts.steps = step;
    if (type !== "external.signal" && type !== "policy.triggered") this.#parts.llm.answers.next(type === "tool.called");
    switch (type) {
      case "llm.called":
        this.#llmCalled(event);
        break;
      case "llm.responded":
        this.#llmResponded(event);
        break;
      case "tool.called":
        this.#toolCalled(event);
        break;
      case "tool.responded":
        this.#toolResponded(event);
        break;
      case "retrieval.called":
        this.#retrievalCalled(event);
        break;
      case "retrieval.responded":
        this.#retrievalResponded(event);
        break;
      case "run.started":
        this.#started(event);
        break;
      case "input.received":
        this.#parts.timing.expire(this.#calls.all, false);
        this.#parts.turns.input();
        this.#parts.llm.answers.userInput();
        this.#parts.inputs.received(event.payload, step);
        break;
      case "external.signal": {
        const { signal_name, source, meta } = event.payload;
        this.#parts.external.push({ signal_name, source, meta, time, step });
        break;
      }
      case "policy.triggered":
        break;
      case "run.completed":
      case "run.errored":
        this.#end(event);
        break;
    }
  }

  #started(event: EventOf<"run.started">): void {
    const { tools, tools_count, human_tools } = event.payload;
    this.#parts.turns.started();
    this.#parts.declaredTools = tools ?? this.#parts.declaredTools;
    this.facts.tools_available = tools?.length ?? tools_count ?? this.facts.tools_available;
    if (human_tools !== undefined && human_tools.length > 0) this.#human = new Set(human_tools);
    this.#parts.inputs.received(event.payload, event.step_index);
  }

  #end(event: EventOf<"run.completed"> | EventOf<"run.errored">): void {
    this.#parts.timing.expire(this.#calls.all, true);
    this.#ended = event.event_type;
    this.#exitReason = event.payload.exit_reason ?? (event.event_type === "run.errored" ? "error" : "completed");
    this.#endStep = event.step_index;
  }

  #llmCalled(event: EventOf<"llm.called">): void {
    this.#parts.timing.expire(this.#calls.all, false);
    this.#round++;
    const { model, provider, prompt_tokens, streaming } = event.payload;
    if (streaming === true) this.facts.streaming_llm_calls++;
    const llm = this.#parts.llm.called(model, provider, event.step_index, prompt_tokens);
    this.#open(event, "llm", model, undefined, llm);
  }

  #llmResponded(event: EventOf<"llm.responded">): void {
    const answer = event.payload;
    const call = this.#take(event, "llm", answer.model);
    this.#lasted(call, "llm", answer.model, event, answer.latency_ms);
    this.#parts.llm.answered(call?.llm, answer, event.step_index, event.time);
  }

  #toolCalled(event: EventOf<"tool.called">): void {
    const { tool_name, args_hash, args_length } = event.payload;
    this.facts.tool_calls++;
    const action = this.#newAction("tool", tool_name, args_hash, event);
    if (args_length !== undefined && args_length > (this.facts.args_length_max ?? -1)) {
      this.facts.args_length_max = args_length;
      this.#parts.longestArguments = { tool: tool_name, step: event.step_index, length: args_length };
    }
    this.#parts.alternation.called(action);
    this.#parts.repeats.called(action);
    this.#parts.failures.called(action.turn);
    this.#open(event, "tool", tool_name, action, undefined);
  }

  #toolResponded(event: EventOf<"tool.responded">): void {
    const answer = event.payload;
    const call = this.#take(event, "tool", answer.tool_name);
    const action = call?.action ?? this.#actionOf("tool", answer.tool_name ?? NAMELESS, undefined, event, STRAY);
    action.answered = true;
    action.success = answer.success;
    action.result_size = answer.output_length;
    action.error_hash = answer.error_hash;
    this.#lasted(call, "tool", action.name, event, answer.latency_ms);
    if (call !== undefined) this.#parts.loops.answered(action);
    this.#parts.failures.answered(action);
    if (answer.success === false && noteFailure(this.facts, action.step, "tool_failure")) {
      this.#parts.firstFailedTool = action.name;
    }
  }

  #retrievalCalled(event: EventOf<"retrieval.called">): void {
    this.facts.retrievals++;
    const { index_name, query_hash } = event.payload;
    const action = this.#newAction("retrieval", index_name ?? NAMELESS, query_hash, event);
    this.#open(event, "retrieval", index_name, action, undefined);
  }

  #retrievalResponded(event: EventOf<"retrieval.responded">): void {
    const answer = event.payload;
    const call = this.#take(event, "retrieval", answer.index_name);
    const action = call?.action;
    this.#lasted(call, "retrieval", answer.index_name, event, answer.latency_ms);
    this.#parts.retrievals.answered(answer, answer.index_name ?? call?.name, call?.step ?? event.step_index);
    if (action === undefined) return;
    action.answered = true;
    action.result_size = answer.result_count;
    action.error_hash = answer.error_hash;
    this.#parts.loops.answered(action);
  }

  #newAction(kind: Action["kind"], name: string, args_hash: string | undefined, event: FactEvent): Action {
    const action = this.#actionOf(kind, name, args_hash, event, this.#actions++);
    this.#parts.lastAction = action;
    this.#parts.llm.answers.action();
    this.#parts.turns.call(kind, event.step_index);
    this.#parts.loops.called(action);
    this.#parts.llm.ratio();
    return action;
  }

  #actionOf(
    kind: Action["kind"],
    name: string,
    args_hash: string | undefined,
    event: FactEvent,
    index: number,
  ): Action {
    const { step_index: step, time } = event;
    const prompt_tokens_before = this.#parts.llm.usage.promptTokens;
    return newAction({
      index,
      kind,
      name,
      step,
      turn: this.#parts.turns.current,
      time,
      args_hash,
      prompt_tokens_before,
    });
  }

  #open(
    event: FactEvent,
    kind: CallKind,
    name: string | undefined,
    action: Action | undefined,
    llm: LlmCall | undefined,
  ): void {
    const call: TrackedCall = {
      kind,
      name,
      step: event.step_index,
      time: event.time,
      call_id: event.call_id,
      round: this.#round,
      human: kind === "tool" && name !== undefined && this.#human?.has(name) === true,
      until: undefined,
      untilEvent: 0,
      untilEnd: false,
      action,
      llm,
    };
    this.#parts.timing.opened(call);
    const forgotten = this.#calls.add(call);
    if (forgotten === undefined) return;
    this.#parts.timing.forget(forgotten);
    if (forgotten.action !== undefined) this.#parts.loops.forget(forgotten.action);
  }

  #take(event: FactEvent, kind: CallKind, name: string | undefined): TrackedCall | undefined {
    if (this.#calls.size === 0) return undefined;
    const { step_index: step, schema, call_id } = event;
    return this.#calls.take({ kind, name, step, schema, call_id }, this.#round);
  }

  #lasted(
    call: TrackedCall | undefined,
    kind: CallKind,
    name: string | undefined,
    event: FactEvent,
    latency: number | undefined,
  ): void {
    if (call !== undefined) this.#parts.timing.answered(call, latency);
    else if (latency !== undefined) {
      const human = kind === "tool" && name !== undefined && (this.#human?.has(name) ?? false);
      this.#parts.timing.lasted(
        { kind, name, step: event.step_index, time: event.time - latency * 1000, human },
        latency,
      );
    }
  }

  /**
   * The facts of the run if nothing more comes: a copy in wire order, unknown facts undefined. May be called at any time
   * and again.
   */
  finish(): Facts {
    const isError = this.#ended === "run.errored" && this.#exitReason !== "policy_violation";
    return this.#parts.finish(this.#calls.all, isError ? this.#endStep : undefined);
  }

  /** What the verdicts rest on, as of now. */
  evidence(): RunEvidence {
    return this.#parts.evidence(this.#calls.all);
  }
}
