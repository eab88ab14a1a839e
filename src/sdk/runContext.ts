import type { Facts } from "../core/facts";
import type { Policy } from "../core/policies";
import type { ExitReason, Payloads, Scalar } from "../core/wire";
import { belowCall } from "./belowCall";
import type {
  LlmAnswer,
  LlmCall,
  LlmCallOptions,
  Moment,
  RetrievalAnswer,
  RetrievalCall,
  ToolAnswer,
  ToolCall,
} from "./calls";
import { RUN_CONTEXT, withRun } from "./context";
import { describeThrown } from "./errors";
import { EventLog } from "./eventLog";
import type { RunHook } from "./hooks";
import { readLlmResult } from "./llmResult";
import { Guidance } from "./policies/guidance";
import { RunPolicies } from "./policies/runPolicies";
import { PolicyViolation } from "./policyViolation";
import type { RunEnd } from "./recordedEvent";
import type { RunRecorder } from "./recorder";
import { RunCalls } from "./runCalls";
import { RunNotes } from "./runNotes";
import { settle } from "./settle";
import { isStream } from "./streams";
import { attempt, optionalName, scalarsOf } from "./values";

/** What a run is known by. */
export interface RunIdentity {
  readonly runId: string;
  readonly agentId: string;
  readonly parentRunId: string | undefined;
  /** Link to the run's page, where a Grafana URL is configured. */
  readonly url: string | undefined;
}

/** How a run ended that did not fail. */
export interface RunEndOptions {
  /** Default: `final_answer` after `finalAnswer()`, else `completed`. */
  readonly exitReason?: Exclude<ExitReason, "error" | "policy_violation"> | undefined;
  /** Flat details of the run as a whole, such as a status code. Written as they are. */
  readonly attrs?: Readonly<Record<string, Scalar>> | undefined;
}

type RunEndReason = NonNullable<RunEndOptions["exitReason"]>;
const ENDS: ReadonlySet<unknown> = new Set<RunEndReason>([
  "final_answer",
  "completed",
  "aborted",
  "max_steps",
  "handoff",
]);

function isEnd(reason: unknown): reason is RunEndReason {
  return ENDS.has(reason);
}

function violationIn(error: unknown): PolicyViolation | undefined {
  return attempt(() => (error instanceof PolicyViolation ? error : undefined));
}

/**
 * One run of an agent. Its methods tell what the agent does; none of them throws, except that `toolCalled`,
 * `toolResponded`, `llmResponded` and what builds on them throw `PolicyViolation` when a policy stops the run, and further
 * calls throw it again, of models and retrievers too. After the end of the run they do nothing.
 *
 * @example
 * const run = dt.startRun("research", { userInput: question, model: "gpt-4o" });
 * const call = run.toolCalled("web_search", { query: question });
 * call.responded({ success: true, output: results });
 * run.finalAnswer();
 * run.end();
 */
export class RunContext {
  readonly [RUN_CONTEXT] = true;
  readonly runId: string;
  readonly agentId: string;
  readonly parentRunId: string | undefined;
  /** Link to the run's page in Grafana, undefined unless `grafanaUrl` is set. */
  readonly url: string | undefined;
  readonly #recorder: RunRecorder;
  readonly #hooks: readonly RunHook[];
  readonly #log: EventLog;
  readonly #calls: RunCalls;
  readonly #notes: RunNotes;
  #guidance: Guidance | undefined;
  #answered = false;
  #ended: "run.completed" | "run.errored" | undefined;
  #exitReason: ExitReason | undefined;

  /** @internal Runs are opened by `Dunetrace`. */
  constructor(
    identity: RunIdentity,
    recorder: RunRecorder,
    hooks: readonly RunHook[],
    policies: readonly Policy[] = [],
  ) {
    this.runId = identity.runId;
    this.agentId = identity.agentId;
    this.parentRunId = identity.parentRunId;
    this.url = identity.url;
    this.#recorder = recorder;
    this.#hooks = policies.length === 0 ? hooks : [this.#governedBy(policies), ...hooks];
    this.#log = new EventLog(recorder, this.#hooks, this);
    this.#calls = new RunCalls(this.#log);
    this.#notes = new RunNotes(this.#log);
  }

  /** @internal Records run.started; `Dunetrace` does it once. */
  start(payload: Payloads["run.started"], moment?: Moment): void {
    this.#notes.started(payload, moment);
  }

  /** What is known of the run so far; updated in place. */
  get facts(): Readonly<Facts> {
    return this.#recorder.facts;
  }

  /** The step of the last call. */
  get step(): number {
    return this.#recorder.step;
  }

  /** Undefined while the run goes on. */
  get ended(): "run.completed" | "run.errored" | undefined {
    return this.#ended;
  }

  /** Undefined while the run goes on. */
  get exitReason(): ExitReason | undefined {
    return this.#exitReason;
  }

  /**
   * The model that a policy switched to, undefined while none did. Wrapped clients use it by themselves; elsewhere it is to
   * be read before each model call.
   */
  get modelOverride(): string | undefined {
    return this.#guidance?.model;
  }

  /**
   * The next text that a policy wants in front of the model, once. Wrapped clients use it by themselves; elsewhere it is to
   * be read before each model call, until there is none.
   */
  popPromptAddition(): string | undefined {
    return this.#guidance?.popPrompt();
  }

  #governedBy(policies: readonly Policy[]): RunPolicies {
    this.#guidance = new Guidance();
    return new RunPolicies(policies, this.#recorder, this.#guidance, (payload) => this.#notes.policyTriggered(payload));
  }

  /** Runs a function with this run as the active one: `getCurrentRun()` and wrapped tools find it. */
  within<T>(fn: () => T): T {
    return withRun(this, fn);
  }

  /**
   * A tool is called. Arguments are hashed over canonical JSON; text that holds JSON counts as what it holds.
   *
   * @throws PolicyViolation when a policy stops the run here
   */
  toolCalled(name: string, args?: unknown, moment?: Moment): ToolCall {
    return this.#calls.toolCalled(name, args, moment);
  }

  /**
   * A tool answered: the oldest open call of that name since the last LLM call. Where calls of one tool run in parallel,
   * use the call's own `responded`.
   *
   * @throws PolicyViolation when a policy stops the run here
   */
  toolResponded(name: string, answer: ToolAnswer = {}, moment?: Moment): void {
    this.#calls.toolResponded(name, undefined, answer, moment);
  }

  /** A model is called. Throws the violation of a run that was stopped before. */
  llmCalled(model?: string, options: LlmCallOptions = {}, moment?: Moment): LlmCall {
    return this.#calls.llmCalled(model, options, moment);
  }

  /**
   * A model answered: the newest open call. Where model calls run in parallel, use the call's own `responded`.
   *
   * @throws PolicyViolation when a policy stops the run here
   */
  llmResponded(answer: LlmAnswer = {}, moment?: Moment): void {
    this.#calls.llmResponded(undefined, undefined, answer, moment);
  }

  /**
   * Calls a model and tells call and answer. Tokens, finish reason and tool calls are read from what the function returns
   * or resolves to: an OpenAI chat completion or response, or an Anthropic message. After a stream, which only its
   * consumer can read, tell `llmResponded` yourself. An instrumented client inside does not tell the same call again.
   *
   * @returns what the function returned
   * @throws what the function threw, unchanged; PolicyViolation when a policy stops the run here
   * @example
   * const answer = await run.llm("gpt-4o", () => openai.chat.completions.create({ model: "gpt-4o", messages }));
   */
  llm<T>(model: string, fn: () => PromiseLike<T>, options?: LlmCallOptions): Promise<T>;
  llm<T>(model: string, fn: () => T, options?: LlmCallOptions): T;
  llm(model: string, fn: () => unknown, options: LlmCallOptions = {}): unknown {
    const call = this.#calls.llmCalled(model, options, undefined);
    return settle(() => belowCall(fn), {
      returned: (result) => {
        if (!isStream(result)) call.responded(this.#read(result));
      },
      threw: (error) => call.responded({ error: error ?? String(error) }),
    });
  }

  #read(result: unknown): LlmAnswer {
    try {
      return readLlmResult(result);
    } catch (error) {
      this.#recorder.recording.faults.note("reading a model's answer", error);
      return {};
    }
  }

  /** An index is searched. Throws the violation of a run that was stopped before. */
  retrievalCalled(index: string, query?: unknown, moment?: Moment): RetrievalCall {
    return this.#calls.retrievalCalled(index, query, moment);
  }

  /** A retrieval answered: the oldest open one of that index since the last LLM call. */
  retrievalResponded(index: string, answer: RetrievalAnswer = {}, moment?: Moment): void {
    this.#calls.retrievalResponded(index, undefined, answer, moment);
  }

  /** Something outside the agent happened, such as a rate limit. Names and values are written as they are. */
  externalSignal(name: string, source?: string, meta?: Readonly<Record<string, Scalar>>, moment?: Moment): void {
    this.#notes.externalSignal(name, source, meta, moment);
  }

  /** The user said something more inside this run. */
  input(input: unknown, moment?: Moment): void {
    this.#notes.input(input, moment);
  }

  /** The agent gave its final answer: the run will end with exit_reason `final_answer`. */
  finalAnswer(): void {
    this.#answered = true;
  }

  /** Ends the run. Only the first of `end` and `fail` counts. */
  end(options: RunEndOptions = {}, moment?: Moment): void {
    const { violation } = this.#log;
    if (violation !== undefined) {
      this.fail(violation, moment);
      return;
    }
    const wanted = attempt(() => options.exitReason);
    const exit_reason = isEnd(wanted) ? wanted : this.#answered ? "final_answer" : "completed";
    const attrs = scalarsOf(attempt(() => options.attrs));
    this.#close({ event_type: "run.completed", payload: { exit_reason, attrs } }, moment);
  }

  /**
   * Ends the run with whatever was thrown: exit_reason `error`, `policy_violation` for a PolicyViolation, and `aborted`,
   * which is no error, for an AbortError.
   */
  fail(error: unknown, moment?: Moment, details: Pick<RunEndOptions, "attrs"> = {}): void {
    const violation = this.#log.violation ?? violationIn(error);
    if (violation === undefined && describeThrown(error).aborted) {
      this.end({ exitReason: "aborted", attrs: attempt(() => details.attrs) }, moment);
      return;
    }
    const exit_reason = violation === undefined ? "error" : "policy_violation";
    const attrs = scalarsOf(attempt(() => details.attrs));
    const payload: Payloads["run.errored"] = { exit_reason, policy_name: optionalName(violation?.policyName), attrs };
    this.#guarded("describing an error", () => this.#recorder.recording.content.thrown(payload, violation ?? error));
    this.#close({ event_type: "run.errored", payload }, moment);
  }

  #close(end: RunEnd, moment: Moment | undefined): void {
    if (this.#ended !== undefined) return;
    this.#ended = end.event_type;
    this.#exitReason = end.payload.exit_reason;
    const at = attempt(() => moment?.at);
    this.#guarded("ending a run", () => {
      const signals = this.#recorder.end(end, at);
      for (const hook of this.#hooks) this.#guarded("a hook", () => hook.ended?.(this, signals, this.#recorder.time));
    });
  }

  #guarded(what: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#recorder.recording.faults.note(what, error);
    }
  }
}
