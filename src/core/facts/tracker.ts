import type { Prices } from "../prices/prices";
import type { ExitReason } from "../wire/terms";
import type { Action } from "./action";
import { AlternationFacts } from "./alternation";
import { AnswerFacts } from "./answers";
import { LastItems } from "./bounded";
import { type AnswerKey, type CallKind, OpenCalls } from "./calls";
import { emptyFacts } from "./emptyFacts";
import type { FactEvent } from "./event";
import { type ExternalSignal, MAX_EVIDENCE, type RunEvidence } from "./evidence";
import type { Facts } from "./facts";
import { FailureFacts } from "./failures";
import { InputFacts } from "./inputs";
import { LoopFacts } from "./loops";
import { RepeatFacts } from "./repeats";
import { RetrievalFacts } from "./retrievals";
import { round4 } from "./round";
import { type TimedCall, TimingFacts } from "./timing";
import { ToolTable } from "./toolTable";
import { TurnFacts } from "./turns";
import { type LlmCall, UsageFacts } from "./usage";

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

/** The name of a tool whose answer fits no call and names none. */
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
   * The facts so far, updated in place: what is certain now. Open calls, an empty answer that a tool call may still
   * follow, durations and the terminal event are left to `finish`.
   */
  readonly facts: Facts = emptyFacts();
  #ended: "run.completed" | "run.errored" | undefined;
  #exitReason: ExitReason | undefined;
  #endStep = 0;
  readonly #calls = new OpenCalls<TrackedCall>();
  readonly #tools = new ToolTable();
  readonly #usage: UsageFacts;
  readonly #answers = new AnswerFacts(this.facts);
  readonly #turns = new TurnFacts(this.facts);
  readonly #loops = new LoopFacts(this.facts);
  readonly #repeats = new RepeatFacts(this.facts, this.#tools);
  readonly #alternation = new AlternationFacts(this.facts);
  readonly #failures = new FailureFacts(this.facts, this.#tools);
  readonly #retrievals = new RetrievalFacts(this.facts);
  readonly #inputs = new InputFacts(this.facts);
  readonly #timing = new TimingFacts(this.facts);
  readonly #external = new LastItems<ExternalSignal>(MAX_EVIDENCE);
  #human: ReadonlySet<string> | undefined;
  #declaredTools: readonly string[] | undefined;
  /** llm.called events so far. */
  #round = 0;
  #actions = 0;
  #lastAction: Action | undefined;
  #longestArguments: RunEvidence["longest_args"];
  #toolFailureStep: number | undefined;
  #firstFailedTool: string | undefined;

  constructor(options: TrackerOptions = {}) {
    this.#usage = new UsageFacts(this.facts, options.prices);
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
    this.#timing.event(time, step, type);
    if (step > this.facts.steps) this.facts.steps = step;
    if (type !== "external.signal" && type !== "policy.triggered") this.#settleEmpty(type === "tool.called");
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
        this.#timing.expire(this.#calls.all, false);
        this.#turns.input();
        this.#answers.userInput();
        this.#inputs.received(event.payload, step);
        break;
      case "external.signal": {
        const { signal_name, source, meta } = event.payload;
        this.#external.push({ signal_name, source, meta, time, step });
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
    this.#turns.started();
    this.#declaredTools = tools ?? this.#declaredTools;
    this.facts.tools_available = tools?.length ?? tools_count ?? this.facts.tools_available;
    if (human_tools !== undefined && human_tools.length > 0) this.#human = new Set(human_tools);
    this.#inputs.received(event.payload, event.step_index);
  }

  #end(event: EventOf<"run.completed"> | EventOf<"run.errored">): void {
    this.#timing.expire(this.#calls.all, true);
    this.#ended = event.event_type;
    this.#exitReason = event.payload.exit_reason ?? (event.event_type === "run.errored" ? "error" : "completed");
    this.#endStep = event.step_index;
  }

  #llmCalled(event: EventOf<"llm.called">): void {
    this.#timing.expire(this.#calls.all, false);
    this.#round++;
    const { model, provider, prompt_tokens, streaming } = event.payload;
    if (streaming === true) this.facts.streaming_llm_calls++;
    const llm = this.#newLlmCall(model, provider, event.step_index, prompt_tokens);
    this.#open(event, "llm", model, undefined, llm);
  }

  #newLlmCall(
    model: string | undefined,
    provider: string | undefined,
    step: number,
    promptTokens: number | undefined,
  ): LlmCall {
    const call: LlmCall = { model, provider, step, index: this.facts.llm_calls++, promptTokens, unpriced: false };
    this.#usage.called(call);
    this.#answers.called(call);
    this.#turns.call("llm", step);
    this.#ratio();
    return call;
  }

  #llmResponded(event: EventOf<"llm.responded">): void {
    const answer = event.payload;
    const call = this.#take(event, "llm", answer.model);
    // An answer that fits no call is a call of its own.
    const llm = call?.llm ?? this.#newLlmCall(answer.model, undefined, event.step_index, undefined);
    this.#lasted(call, "llm", answer.model, event, answer.latency_ms);
    this.#usage.answered(llm, answer, event.time);
    this.#answers.answered(llm, answer);
  }

  #toolCalled(event: EventOf<"tool.called">): void {
    const { tool_name, args_hash, args_length } = event.payload;
    this.facts.tool_calls++;
    const action = this.#newAction("tool", tool_name, args_hash, event);
    if (args_length !== undefined && args_length > (this.facts.args_length_max ?? -1)) {
      this.facts.args_length_max = args_length;
      this.#longestArguments = { tool: tool_name, step: event.step_index, length: args_length };
    }
    this.#alternation.called(action);
    this.#repeats.called(action);
    this.#failures.called(action.turn);
    this.#open(event, "tool", tool_name, action, undefined);
  }

  #toolResponded(event: EventOf<"tool.responded">): void {
    const answer = event.payload;
    const call = this.#take(event, "tool", answer.tool_name);
    const action = call?.action ?? this.#strayAction(answer.tool_name ?? NAMELESS, event);
    action.answered = true;
    action.success = answer.success;
    action.result_size = answer.output_length;
    action.error_hash = answer.error_hash;
    this.#lasted(call, "tool", action.name, event, answer.latency_ms);
    if (call !== undefined) this.#loops.answered(action);
    this.#failures.answered(action);
    if (answer.success === false && (this.#toolFailureStep === undefined || action.step < this.#toolFailureStep)) {
      this.#toolFailureStep = action.step;
      this.#firstFailedTool = action.name;
      this.#firstFailure();
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
    this.#retrievals.answered(answer, answer.index_name ?? call?.name, call?.step ?? event.step_index);
    if (action === undefined) return;
    action.answered = true;
    action.result_size = answer.result_count;
    action.error_hash = answer.error_hash;
    this.#loops.answered(action);
  }

  #newAction(kind: Action["kind"], name: string, args_hash: string | undefined, event: FactEvent): Action {
    const action: Action = {
      index: this.#actions++,
      kind,
      name,
      step: event.step_index,
      turn: this.#turns.current,
      time: event.time,
      args_hash,
      prompt_tokens_before: this.#usage.promptTokens,
      answered: false,
      success: undefined,
      result_size: undefined,
      error_hash: undefined,
    };
    this.#lastAction = action;
    this.#answers.action();
    this.#turns.call(kind, event.step_index);
    this.#loops.called(action);
    this.#ratio();
    return action;
  }

  /** What a tool answer without a call is counted by: its own step and turn, unknown arguments, no place in any loop. */
  #strayAction(name: string, event: EventOf<"tool.responded">): Action {
    return {
      index: -1,
      kind: "tool",
      name,
      step: event.step_index,
      turn: this.#turns.current,
      time: event.time,
      args_hash: undefined,
      prompt_tokens_before: this.#usage.promptTokens,
      answered: true,
      success: undefined,
      result_size: undefined,
      error_hash: undefined,
    };
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
    this.#timing.opened(call);
    const forgotten = this.#calls.add(call);
    if (forgotten === undefined) return;
    this.#timing.forget(forgotten);
    if (forgotten.action !== undefined) this.#loops.forget(forgotten.action);
  }

  #take(event: FactEvent, kind: CallKind, name: string | undefined): TrackedCall | undefined {
    if (this.#calls.size === 0) return undefined;
    const key: AnswerKey = { kind, name, step: event.step_index, schema: event.schema, call_id: event.call_id };
    return this.#calls.take(key, this.#round);
  }

  #lasted(
    call: TrackedCall | undefined,
    kind: CallKind,
    name: string | undefined,
    event: FactEvent,
    latency: number | undefined,
  ): void {
    if (call !== undefined) this.#timing.answered(call, latency);
    else if (latency !== undefined) {
      const human = kind === "tool" && name !== undefined && (this.#human?.has(name) ?? false);
      this.#timing.lasted({ kind, name, step: event.step_index, time: event.time - latency * 1000, human }, latency);
    }
  }

  #ratio(): void {
    const { llm_unprompted, tool_calls, retrievals } = this.facts;
    this.facts.llm_tool_ratio = round4(llm_unprompted / Math.max(tool_calls + retrievals, 1));
  }

  #settleEmpty(isToolCall: boolean): void {
    if (this.#answers.pendingStep === undefined) return;
    this.#answers.next(isToolCall);
    this.#firstFailure();
  }

  /** first_failure_step and _kind of what has failed so far: the empty answer comes first at a tie. */
  #firstFailure(): void {
    const empty = this.#answers.firstEmptyStep;
    const tool = this.#toolFailureStep;
    if (empty === undefined && tool === undefined) return;
    const isEmpty = empty !== undefined && (tool === undefined || empty <= tool);
    this.facts.first_failure_step = isEmpty ? empty : tool;
    this.facts.first_failure_kind = isEmpty ? "empty_llm_response" : "tool_failure";
  }

  /**
   * The facts of the run if nothing more comes: a copy in wire order, unknown facts undefined. May be called at any time
   * and again.
   */
  finish(): Facts {
    const facts: Facts = { ...this.facts };
    facts.duration_ms = this.#timing.durationMs;
    facts.active_ms = this.#timing.activeMs(this.#calls.all);
    const { tool, llm } = this.#timing.slowest(this.#calls.all);
    if (tool !== undefined) facts.slowest_tool_ms = tool.ms;
    if (llm !== undefined) facts.slowest_llm_ms = llm.ms;
    const pending = this.#answers.pendingStep;
    if (pending !== undefined) {
      facts.empty_responses = (facts.empty_responses ?? 0) + 1;
      this.#earlierFailure(facts, pending, "empty_llm_response");
    }
    if (this.#ended === "run.errored" && this.#exitReason !== "policy_violation") {
      this.#earlierFailure(facts, this.#endStep, "run_errored");
    }
    return facts;
  }

  #earlierFailure(facts: Facts, step: number, kind: "run_errored" | "empty_llm_response"): void {
    const present = facts.first_failure_step;
    if (present !== undefined && (step > present || (step === present && kind === facts.first_failure_kind))) return;
    facts.first_failure_step = step;
    facts.first_failure_kind = kind;
  }

  /** What the verdicts rest on, as of now. */
  evidence(): RunEvidence {
    const { tool, llm } = this.#timing.slowest(this.#calls.all);
    const pending = this.#answers.pendingStep;
    return {
      current_step: this.facts.steps,
      tools: this.#declaredTools,
      loop: this.#loops.loop,
      loop_identical: this.#loops.identical,
      loop_stuck: this.#loops.stuck,
      alternation: this.#alternation.evidence,
      last_action: this.#lastAction,
      repeat: this.#repeats.evidence,
      injection: this.#inputs.evidence,
      retrievals: this.#retrievals.answers,
      truncations: this.#answers.truncations,
      prompt_sizes: this.#usage.sizes,
      slowest_tool: tool,
      slowest_llm: llm,
      slowest_gap: this.#timing.slowestGap,
      external: this.#external.toArray(),
      retry: this.#failures.retry,
      cascade: this.#failures.cascade,
      tail: this.#failures.tail,
      empty_steps: pending === undefined ? this.#answers.emptySteps : [...this.#answers.emptySteps, pending],
      first_failure_tool: this.#firstFailedTool,
      sequence: this.#turns.sequence,
      longest_args: this.#longestArguments,
      model_changes: this.#usage.modelChanges,
      busiest_turn: this.#turns.busiest,
    };
  }
}
