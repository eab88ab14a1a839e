/** What is told of a function's outcome, once. */
export interface Outcome {
  /** @param result what the function returned or its promise resolved to */
  returned(result: unknown): void;
  threw(error: unknown): void;
}

interface ThenMethod {
  then: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => unknown;
}

function isThenable(value: unknown): value is ThenMethod {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  try {
    return typeof Reflect.get(value, "then") === "function";
  } catch {
    // A getter threw: whoever awaits the value will see it.
    return false;
  }
}

/**
 * Calls a function and tells its outcome: at once, or when the promise it returned settles. Results and errors come
 * through unchanged. A promise or another thenable comes back as a promise of the same result, because a thenable may
 * only be asked once and an error must stay the caller's to handle.
 */
export function settle(fn: () => unknown, outcome: Outcome): unknown {
  let result: unknown;
  try {
    result = fn();
  } catch (error) {
    outcome.threw(error);
    throw error;
  }
  return settled(result, outcome);
}

function settled(result: unknown, outcome: Outcome): unknown {
  if (!isThenable(result)) {
    outcome.returned(result);
    return result;
  }
  const promise = result instanceof Promise ? result : new Promise((resolve, reject) => result.then(resolve, reject));
  return promise.then(
    (value: unknown) => {
      outcome.returned(value);
      return value;
    },
    (error: unknown) => {
      outcome.threw(error);
      throw error;
    },
  );
}
