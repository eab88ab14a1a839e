import { type Dunetrace, PolicyViolation } from "../../sdk";
import { describeThrown } from "../../sdk/errors";
import { sayOnce } from "../../sdk/notices";
import { llmAnswerOf } from "./answer";
import { chainStartOf } from "./chainStart";
import { inputOf, lastHumanText } from "./input";
import { checkOptions, type LangChainOptions } from "./options";
import { nameOf, retrievedOf, toolAnswerOf } from "./retrieved";
import type { RootRun, Work } from "./rootRun";
import { Told } from "./told";

/** What LangChain tells of a tool or a retriever that starts. */
type ComponentStart = [
  component: unknown,
  inputs: unknown,
  runId: string,
  parentRunId?: string,
  tags?: unknown,
  metadata?: unknown,
  name?: string,
];

const promptOf = (inputs: unknown): unknown => lastHumanText(inputs) ?? inputs;

/**
 * Makes the root runs of LangChain.js and LangGraph runs: what is invoked, with all models, tools, retrievers and graphs
 * below it. The run's id is LangChain's, and its `trace_id` the same without dashes, which is the id of the trace in
 * Langfuse. One handler serves any number of runs, at the same time too.
 *
 * Only a `PolicyViolation` of a policy that stops the run is thrown into the program: out of the component that crossed
 * the line, and out of all that start after it.
 *
 * @example
 * const dunetrace = new DunetraceCallbackHandler(dt, { agentId: "support" });
 * const answer = await graph.invoke({ messages }, { callbacks: [dunetrace] });
 * console.log(dunetrace.lastRunId);
 */
export class DunetraceCallbackHandler {
  readonly name = "dunetrace_callback_handler";
  /** Events come in order, and before the program ends. */
  readonly awaitHandlers = true;
  /** Lets a policy stop the run; nothing else is thrown. */
  readonly raiseError = true;
  readonly ignoreLLM = false;
  readonly ignoreChain = false;
  readonly ignoreAgent = false;
  readonly ignoreRetriever = false;
  readonly ignoreCustomEvent = true;
  readonly lc_serializable = false;
  readonly #told: Told;

  /** @throws OptionsError on a missing client or an unknown option */
  constructor(dt: Dunetrace, options: LangChainOptions = {}) {
    checkOptions(dt, options);
    this.#told = new Told(dt, options);
  }

  /** Id of the run that was started last. */
  get lastRunId(): string | undefined {
    return this.#told.lastRunId;
  }

  copy(): this {
    return this;
  }

  handleChainStart(
    chain: unknown,
    inputs: unknown,
    runId: string,
    fourth?: string,
    _tags?: unknown,
    metadata?: unknown,
    seventh?: string,
    eighth?: string,
  ): void {
    guarded(() => {
      const { parentRunId, name = nameOf(undefined, chain) } = chainStartOf(fourth, metadata, seventh, eighth);
      const started = { runId, parentRunId, name, metadata, inputs, readInput: inputOf };
      this.#told.start(started, () => ({ kind: "chain" }));
    });
  }

  handleChainEnd(_outputs: unknown, runId: string): void {
    guarded(() => this.#told.end(runId, "chain", {}));
  }

  handleChainError(error: unknown, runId: string): void {
    guarded(() => this.#told.fail(runId, "chain", error));
  }

  handleChatModelStart(
    _llm: unknown,
    asked: unknown,
    runId: string,
    parentRunId?: string,
    extraParams?: unknown,
    _tags?: unknown,
    metadata?: unknown,
    name?: string,
  ): void {
    const inputs: unknown = Array.isArray(asked) ? asked[0] : undefined;
    const started = { runId, parentRunId, name, metadata, inputs, readInput: promptOf };
    guarded(() => this.#told.startModel(started, extraParams));
  }

  handleLLMStart(...start: Parameters<DunetraceCallbackHandler["handleChatModelStart"]>): void {
    this.handleChatModelStart(...start);
  }

  handleLLMNewToken(_token: unknown, _index: unknown, runId: string): void {
    this.#told.token(runId);
  }

  handleLLMEnd(output: unknown, runId: string): void {
    guarded(() => this.#told.end(runId, "llm", llmAnswerOf(output)));
  }

  handleLLMError(error: unknown, runId: string): void {
    guarded(() => this.#told.fail(runId, "llm", error));
  }

  handleToolStart(...start: ComponentStart): void {
    this.#startComponent(start, (name, inputs) => ({ run }) => ({ kind: "tool", call: run.toolCalled(name, inputs) }));
  }

  handleToolEnd(output: unknown, runId: string): void {
    guarded(() => this.#told.end(runId, "tool", toolAnswerOf(output)));
  }

  handleToolError(error: unknown, runId: string): void {
    guarded(() => this.#told.fail(runId, "tool", error));
  }

  handleRetrieverStart(...start: ComponentStart): void {
    this.#startComponent(start, (index, query) => ({ run }) => ({
      kind: "retrieval",
      call: run.retrievalCalled(index, query),
    }));
  }

  handleRetrieverEnd(documents: unknown, runId: string): void {
    guarded(() => this.#told.end(runId, "retrieval", retrievedOf(documents)));
  }

  handleRetrieverError(error: unknown, runId: string): void {
    guarded(() => this.#told.fail(runId, "retrieval", error));
  }

  #startComponent(
    [component, inputs, runId, parentRunId, , metadata, name]: ComponentStart,
    work: (name: string, inputs: unknown) => (root: RootRun) => Work,
  ): void {
    guarded(() => {
      const started = { runId, parentRunId, name, metadata, inputs, readInput: inputOf };
      this.#told.start(started, work(nameOf(name, component), inputs));
    });
  }
}

/** Nothing gets through to LangChain but a policy's violation; the message of another error may hold content. */
function guarded(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof PolicyViolation) throw error;
    const { type } = describeThrown(error);
    sayOnce(`DunetraceCallbackHandler failed inside (${type}); the agent goes on without it. Please report it.`);
  }
}
