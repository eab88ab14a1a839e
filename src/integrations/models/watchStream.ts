import { watchGenerator } from "../../sdk/generators";
import type { CallWatch } from "./callWatch";
import { isCallable, isObject, property } from "./values";

/** Whether a value is a `Stream` of the openai or anthropic package: all its ways of reading go through `iterator`. */
export function isSdkStream(value: unknown): value is object {
  return isObject(value) && isCallable(property(value, "iterator")) && isObject(property(value, "controller"));
}

/**
 * Lets a stream tell its answer while the program reads it, whichever way it does: `for await`, `tee()`,
 * `toReadableStream()`. The stream stays the object it was. Nothing is read that the program does not read.
 */
export function watchStream(stream: object, watch: CallWatch): void {
  const iterate = property(stream, "iterator");
  if (!isCallable(iterate)) return;
  /** The first to read; the package refuses a second one, which is no answer of the model. */
  let reader: object | undefined;
  Reflect.set(stream, "iterator", function watched(this: unknown, ...args: unknown[]): unknown {
    const iterator = Reflect.apply(iterate, this, args);
    if (!isObject(iterator)) return iterator;
    const isReader = (): boolean => {
      reader ??= iterator;
      return reader === iterator;
    };
    const ended = (): void => {
      if (isReader()) watch.streamEnded();
    };
    return watchGenerator(
      iterator,
      {
        returned: ended,
        left: ended,
        threw: (error) => {
          if (isReader()) watch.failed(error);
        },
      },
      (step) => {
        const isFirst = isReader();
        const result = step();
        return isFirst && result instanceof Promise ? result.then((next) => look(next, step, watch)) : result;
      },
    );
  });
}

/** Looks at what one step of an iterator gave; in place of a piece that is not for the program comes the next one. */
async function look(given: unknown, step: () => unknown, watch: CallWatch): Promise<unknown> {
  let next = given;
  while (property(next, "done") === false && !watch.piece(property(next, "value"))) next = await step();
  return next;
}
