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
    watchPromise(result, responded.then(undefined, rethrowing(watch)), watch);
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
  if (!watch.isNew()) return;
  if (isSdkStream(value)) watchStream(value, watch);
  else watch.answered(value);
}

/**
 * Watches a promise of the packages and all that are derived from it, such as those of `chat.completions.parse()`, which
 * share its response.
 *
 * @param responded what all of them get the response from: were it another, its failure would be one nobody handles
 */
function watchPromise(promise: object, responded: Promise<unknown>, watch: CallWatch): void {
  Reflect.set(promise, "responsePromise", responded);
  const parse = property(promise, "parseResponse");
  if (isCallable(parse)) Reflect.set(promise, "parseResponse", readingWith(parse, watch));
  const asResponse = property(promise, "asResponse");
  if (isCallable(asResponse)) {
    replace(promise, "asResponse", async function raw(this: unknown, ...args: unknown[]): Promise<unknown> {
      const response = await Reflect.apply(asResponse, this, args);
      if (!watch.reading) watch.unread();
      return response;
    });
  }
  const thenUnwrap = property(promise, "_thenUnwrap");
  if (!isCallable(thenUnwrap)) return;
  replace(promise, "_thenUnwrap", function derive(this: unknown, transform: unknown, ...args: unknown[]): unknown {
    const derived = Reflect.apply(thenUnwrap, this, [readBefore(transform, watch), ...args]);
    if (typeof derived === "object" && derived !== null) watchPromise(derived, responded, watch);
    return derived;
  });
}

/** A derived promise reads the body by itself in openai 7; its transformation is the first to see the answer there. */
function readBefore(transform: unknown, watch: CallWatch): unknown {
  if (!isCallable(transform)) return transform;
  return (value: unknown, ...args: unknown[]): unknown => {
    read(value, watch);
    return transform(value, ...args);
  };
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

/** Puts a method in place of the object's own, or in front of the prototype's without showing it among the properties. */
function replace(target: object, name: string, value: Callable): void {
  const enumerable = Object.getOwnPropertyDescriptor(target, name)?.enumerable ?? false;
  Object.defineProperty(target, name, { value, enumerable, configurable: true, writable: true });
}
