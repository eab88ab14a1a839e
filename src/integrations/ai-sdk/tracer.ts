import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes, randomUUID } from "node:crypto";
import type { Context, Span, SpanOptions, Tracer } from "@opentelemetry/api";
import { type Dunetrace, PolicyViolation } from "../../sdk";
import { belowCall } from "../../sdk/belowCall";
import { describeThrown } from "../../sdk/errors";
import { sayOnce } from "../../sdk/notices";
import { SpanCalls } from "../spans/calls";
import { askedOf } from "../spans/content";
import { isVercelRun, kindOf } from "../spans/kind";
import { textAt, valueAt } from "../spans/lookup";
import { errorOf } from "../spans/span";
import { type AiSdkOptions, checkOptions } from "./options";
import { ToldSpan } from "./toldSpan";

/** A run with the span the code is in. */
interface Place {
  readonly calls: SpanCalls;
  readonly span: ToldSpan;
  readonly root: ToldSpan;
}

/**
 * Makes each `generateText()`, `streamText()`, `generateObject()` and `streamObject()` a run, with its model calls and
 * tools: a tracer for the telemetry settings of the AI SDK 4 to 6. Called inside another run, such as in a tool, it names
 * that one as its parent. A policy that stops the run throws its `PolicyViolation` out of the AI SDK's function.
 *
 * @throws OptionsError on a missing client or an unknown option
 * @example
 * const experimental_telemetry = { isEnabled: true, functionId: "support", tracer: dunetraceTracer(dt) };
 * const { text } = await generateText({ model, prompt, tools, experimental_telemetry });
 */
export function dunetraceTracer(dt: Dunetrace, options: AiSdkOptions = {}): Tracer {
  checkOptions(dt, options);
  return new RunTracer(dt, options);
}

type Active<T> = (span: Span) => T;

class RunTracer implements Tracer {
  readonly #dt: Dunetrace;
  readonly #options: AiSdkOptions;
  readonly #places = new AsyncLocalStorage<Place>();

  constructor(dt: Dunetrace, options: AiSdkOptions) {
    this.#dt = dt;
    this.#options = options;
  }

  startSpan(name: string, options: SpanOptions = {}): Span {
    return this.#open(name, options).span;
  }

  startActiveSpan<F extends Active<unknown>>(name: string, fn: F): ReturnType<F>;
  startActiveSpan<F extends Active<unknown>>(name: string, options: SpanOptions, fn: F): ReturnType<F>;
  startActiveSpan<F extends Active<unknown>>(
    name: string,
    options: SpanOptions,
    context: Context,
    fn: F,
  ): ReturnType<F>;
  startActiveSpan<T>(
    name: string,
    second: SpanOptions | Active<T>,
    third?: Context | Active<T>,
    fourth?: Active<T>,
  ): T {
    const fn = [second, third, fourth].find((value): value is Active<T> => typeof value === "function");
    if (fn === undefined) throw new TypeError("startActiveSpan needs a function.");
    const place = this.#open(name, typeof second === "function" ? {} : second);
    const act = (): T => fn(place.span);
    const isModel = kindOf(place.span.view) === "llm";
    return this.#places.run(place, () => place.calls.run.within(() => (isModel ? belowCall(act) : act())));
  }

  #open(name: string, { attributes = {} }: SpanOptions): Place {
    const around = this.#places.getStore();
    const isRoot = around === undefined || isVercelRun(name);
    const id = randomBytes(8).toString("hex");
    const start = { id, parentId: isRoot ? undefined : around.span.view.id, name, attributes };
    const traceId = isRoot ? "" : around.root.spanContext().traceId;
    const runId = randomUUID();
    const span: ToldSpan = new ToldSpan({ ...start, traceId: isRoot ? runId.replaceAll("-", "") : traceId }, () =>
      this.#ended(place),
    );
    const calls = isRoot ? this.#startRun(span, runId) : around.calls;
    const place: Place = { calls, span, root: isRoot ? span : around.root };
    stoppable(place, () => {
      calls.mayGoOn();
      guarded(() => calls.started(span.view));
    });
    return place;
  }

  #startRun({ view }: ToldSpan, runId: string): SpanCalls {
    const { agentId, ...options } = this.#options;
    const run = this.#dt.startRun(agentId ?? textAt(view, "agent"), {
      ...options,
      runId,
      model: options.model ?? textAt(view, "requestModel"),
      userInput: askedOf(valueAt(view, "input")),
      sessionId: textAt(view, "session"),
      userId: textAt(view, "user"),
      source: "ai-sdk",
      attrs: { operation: view.name },
    });
    return new SpanCalls(run);
  }

  #ended(place: Place): void {
    const { calls, span, root } = place;
    try {
      stoppable(place, () => guarded(() => calls.ended(span.view)));
    } finally {
      if (span === root) {
        const error = errorOf(span.view);
        if (calls.lastFinish === "stop") calls.run.finalAnswer();
        if (error !== undefined) calls.run.fail(error);
        // Only of a stream that is aborted the span of the model never ends.
        else calls.run.end(calls.waitsForModel ? { exitReason: "aborted" } : {});
      }
    }
  }
}

/** Ends the run where a violation breaks a stream off at its model: the AI SDK never ends the span around such a stream. */
function stoppable({ calls, span, root }: Place, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (root.view.name.startsWith("ai.stream") && kindOf(span.view) === "llm") calls.run.end();
    throw error;
  }
}

/** Nothing gets through to the AI SDK but a policy's violation; the message of another error may hold content. */
function guarded(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof PolicyViolation) throw error;
    const { type } = describeThrown(error);
    sayOnce(`dunetraceTracer failed inside (${type}); the agent goes on without it. Please report it.`);
  }
}
