import { settle } from "../../sdk/settle";
import type { CallWatch } from "./callWatch";
import { type Callable, isCallable, property } from "./values";
import { isSdkStream, watchStream } from "./watchStream";

/**
 * Lets what a `create` method returned tell its answer. The promises of the openai and anthropic packages stay the
 * objects they were, with `withResponse()`, `asResponse()` and `parse()`; when their body is read, and whether an error
 * that nobody handles ends the process, is the program's to decide as before.
 */
export function watchResult(result: unknown, watch: CallWatch): unknown {
  const responded = property(result, "responsePromise");
  const parse = property(result, "parseResponse");
  if (typeof result === "object" && result !== null && responded instanceof Promise && isCallable(parse)) {
    Reflect.set(result, "responsePromise", responded.then(undefined, rethrowing(watch)));
    Reflect.set(result, "parseResponse", readingWith(parse, watch));
    watchRawReads(result, watch);
    return result;
  }
  return settle(() => result, {
    returned: (value) => read(value, watch),
    threw: (error) => watch.failed(error),
  });
}

function rethrowing(watch: CallWatch): (error: unknown) => never {
  return (error) => {
    watch.failed(error);
    throw error;
  };
}

function read(value: unknown, watch: CallWatch): void {
  if (isSdkStream(value)) watchStream(value, watch);
  else watch.answered(value);
}

function readingWith(parse: Callable, watch: CallWatch): Callable {
  return async function parseResponse(this: unknown, ...args: unknown[]): Promise<unknown> {
    watch.reading = true;
    let value: unknown;
    try {
      value = await Reflect.apply(parse, this, args);
    } catch (error) {
      watch.failed(error);
      throw error;
    }
    read(value, watch);
    return value;
  };
}

/**
 * Tells a call whose response the program reads by itself, through `asResponse()` alone. Derived promises, such as those
 * of `chat.completions.parse()`, share the response.
 */
function watchRawReads(promise: object, watch: CallWatch): void {
  const asResponse = property(promise, "asResponse");
  if (isCallable(asResponse)) {
    hide(promise, "asResponse", async function raw(this: unknown, ...args: unknown[]): Promise<unknown> {
      const response = await Reflect.apply(asResponse, this, args);
      if (!watch.reading) watch.unread();
      return response;
    });
  }
  const thenUnwrap = property(promise, "_thenUnwrap");
  if (isCallable(thenUnwrap)) {
    hide(promise, "_thenUnwrap", function derive(this: unknown, ...args: unknown[]): unknown {
      const derived = Reflect.apply(thenUnwrap, this, args);
      if (typeof derived === "object" && derived !== null) watchRawReads(derived, watch);
      return derived;
    });
  }
}

/** Puts a method in front of the prototype's without showing it to those who list the object's properties. */
function hide(target: object, name: string, value: Callable): void {
  Object.defineProperty(target, name, { value, enumerable: false, configurable: true, writable: true });
}
