import type { ToolCall } from "./calls";
import { getCurrentRun } from "./context";
import { type GeneratorOutcome, isGenerator, watchGenerator } from "./generators";
import { bindArguments, parametersOf } from "./parameters";
import { type Outcome, settle } from "./settle";

export interface ToolOptions {
  /** Default: the function's name. */
  readonly name?: string | undefined;
}

/** Any function; its parameters are its own business. */
export type AnyFunction = (...args: never[]) => unknown;

const wrapped = new WeakSet<object>();

const ASYNC_FUNCTION = "[object AsyncFunction]";

class ToolOutcome implements Outcome {
  readonly #call: ToolCall;
  /** The result is a generator: it answers when it ends. */
  generates = false;

  constructor(call: ToolCall) {
    this.#call = call;
  }

  returned(output: unknown): void {
    if (!this.generates) this.#call.responded({ success: true, output });
  }

  threw(error: unknown): void {
    this.#call.responded({ success: false, error: error ?? String(error) });
  }
}

/** The outcome of a generator: its end is the answer, and what it yielded is not measured. */
function generatorOutcome(call: ToolCall): GeneratorOutcome {
  const succeeded = (): void => call.responded({ success: true });
  return {
    returned: succeeded,
    // Its caller has read enough of it.
    left: succeeded,
    threw: (error) => call.responded({ success: false, error: error ?? String(error) }),
  };
}

/**
 * Makes a function report its calls to the active run. Name, length, properties and `this` stay; outside a run it is just
 * called. Errors come through unchanged.
 */
export function wrapTool<F extends AnyFunction>(fn: F, options: ToolOptions = {}): F {
  if (typeof fn !== "function" || wrapped.has(fn)) return fn;
  const name = options.name ?? (fn.name === "" ? "tool" : fn.name);
  const parameters = parametersOf(fn);
  const isAsync = Object.prototype.toString.call(fn) === ASYNC_FUNCTION;
  const tool = new Proxy(fn, {
    apply(target, self: unknown, args: unknown[]): unknown {
      const run = getCurrentRun();
      if (run === undefined) return Reflect.apply(target, self, args);
      let call: ToolCall;
      try {
        call = run.toolCalled(name, bindArguments(parameters, args));
      } catch (violation) {
        // Callers of an async function expect a rejected promise.
        if (isAsync) return Promise.reject(violation);
        throw violation;
      }
      const outcome = new ToolOutcome(call);
      return settle(() => {
        const result: unknown = Reflect.apply(target, self, args);
        if (!isGenerator(result)) return result;
        outcome.generates = true;
        return watchGenerator(result, generatorOutcome(call));
      }, outcome);
    },
  });
  wrapped.add(tool);
  return tool;
}
