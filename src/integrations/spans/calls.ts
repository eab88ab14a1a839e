import { type LlmAnswer, type LlmCall, type Moment, PolicyViolation, type RunContext, type ToolCall } from "../../sdk";
import { llmAnswerOf, llmStartOf, retrievalAnswerOf, toolAnswerOf } from "./answers";
import { argumentsOf } from "./content";
import { kindOf, type SpanKind } from "./kind";
import { textAt, valueAt } from "./lookup";
import type { SpanView } from "./span";

interface OpenSpan {
  readonly parentId: string | undefined;
  /** What was told when it started. */
  llm?: LlmCall;
  tool?: ToolCall;
  /** Of a model call within one that is told: it is the same call, and adds what the outer one does not know. */
  within?: OpenSpan;
  inner?: LlmAnswer;
  /** Whether a model call below was told: then this span is a frame around it. */
  aroundLlm?: boolean;
}

const momentOf = (span: SpanView, at: number | undefined): Moment => ({
  at,
  spanId: span.id,
  parentSpanId: span.parentId,
});

/** Tells the calls among the spans of one run. */
export class SpanCalls {
  readonly run: RunContext;
  /** Finish reason of the model's last answer. */
  lastFinish: string | undefined;
  readonly #open = new Map<string, OpenSpan>();
  #violation: PolicyViolation | undefined;

  constructor(run: RunContext) {
    this.run = run;
  }

  /** Spans that go on. */
  get open(): number {
    return this.#open.size;
  }

  /** Whether a model has been asked and has not answered. */
  get waitsForModel(): boolean {
    return [...this.#open.values()].some(({ llm }) => llm !== undefined);
  }

  /** @throws PolicyViolation when a policy has stopped the run */
  mayGoOn(): void {
    if (this.#violation !== undefined) throw this.#violation;
  }

  /**
   * A span starts. Model calls are told at once, and tools whose arguments are known; of others more is known at their end.
   *
   * @throws PolicyViolation when a policy stops the run here
   */
  started(span: SpanView): void {
    const open: OpenSpan = { parentId: span.parentId };
    this.#open.set(span.id, open);
    const kind = kindOf(span);
    if (kind === "tool" && valueAt(span, "toolArguments") !== undefined) {
      this.#tell(() => {
        open.tool = this.#callTool(span);
      });
    }
    if (kind !== "llm") return;
    const outer = this.#enclosingLlm(span.parentId);
    if (outer === undefined) this.#callModel(span, open);
    else open.within = outer;
  }

  /**
   * A span ended.
   *
   * @throws PolicyViolation when a policy stops the run here
   */
  ended(span: SpanView): void {
    const open = this.#open.get(span.id) ?? { parentId: span.parentId };
    this.#open.delete(span.id);
    this.#tell(() => this.#answer(open.tool === undefined ? kindOf(span) : "tool", span, open));
  }

  #tell(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof PolicyViolation) this.#violation ??= error;
      throw error;
    }
  }

  #answer(kind: SpanKind, span: SpanView, open: OpenSpan): void {
    const answered = momentOf(span, span.end);
    if (open.within !== undefined) {
      open.within.inner = llmAnswerOf(span);
    } else if (kind === "llm") {
      if (open.aroundLlm === true && open.llm === undefined) return;
      const call = open.llm ?? this.#callModel(span, open);
      const answer = merged(llmAnswerOf(span), open.inner);
      this.lastFinish = answer.finishReason;
      call.responded(answer, answered);
    } else if (kind === "tool") {
      (open.tool ?? this.#callTool(span)).responded(toolAnswerOf(span), answered);
    } else if (kind === "retrieval") {
      const index = textAt(span, "index") ?? span.name;
      const call = this.run.retrievalCalled(index, valueAt(span, "query"), momentOf(span, span.start));
      call.responded(retrievalAnswerOf(span), answered);
    }
  }

  #callTool(span: SpanView): ToolCall {
    return this.run.toolCalled(textAt(span, "toolName") ?? span.name, argumentsOf(span), momentOf(span, span.start));
  }

  #callModel(span: SpanView, open: OpenSpan): LlmCall {
    const { model, ...options } = llmStartOf(span);
    const call = this.run.llmCalled(model, options, momentOf(span, span.start));
    open.llm = call;
    for (const around of this.#ancestors(span.parentId)) around.aroundLlm = true;
    return call;
  }

  #enclosingLlm(parentId: string | undefined): OpenSpan | undefined {
    for (const ancestor of this.#ancestors(parentId)) {
      if (ancestor.llm !== undefined) return ancestor;
      if (ancestor.within !== undefined) return ancestor.within;
    }
    return undefined;
  }

  *#ancestors(parentId: string | undefined): Generator<OpenSpan> {
    for (let id = parentId; id !== undefined; ) {
      const found = this.#open.get(id);
      if (found === undefined) return;
      yield found;
      id = found.parentId;
    }
  }
}

/** What is known of a call, completed by what its inner span knows. */
function merged(outer: LlmAnswer, inner: LlmAnswer | undefined): LlmAnswer {
  if (inner === undefined) return outer;
  const known = Object.entries(outer).filter(([, value]) => value !== undefined);
  return { ...inner, ...(outer.error === undefined ? { error: undefined } : {}), ...Object.fromEntries(known) };
}
