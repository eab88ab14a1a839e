import type { Outcome } from "./settle";

/** What is told of a generator's end, once. */
export interface GeneratorOutcome extends Outcome {
  /** Its consumer stopped before the end, as `break` in a loop does. */
  left(): void;
}

const GENERATORS: ReadonlySet<string> = new Set(["[object Generator]", "[object AsyncGenerator]"]);

/** Whether a value is what a generator function returned: only those may be watched without changing what they are. */
export function isGenerator(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  try {
    return GENERATORS.has(Object.prototype.toString.call(value));
  } catch {
    // A proxy of the application threw.
    return false;
  }
}

interface Step {
  readonly done: boolean;
  readonly value: unknown;
}

function isStep(value: unknown): value is Step {
  return typeof value === "object" && value !== null && "done" in value && "value" in value;
}

/**
 * Watches a generator from outside: it yields, returns and throws as it did, and its end is told once.
 *
 * @param enter runs every step of the generator's body, such as inside the context of a run
 */
export function watchGenerator<G extends object>(
  generator: G,
  outcome: GeneratorOutcome,
  enter: (step: () => unknown) => unknown = (step) => step(),
): G {
  let told = false;
  let leaving = false;
  const ended = (value: unknown): void => {
    if (told) return;
    told = true;
    if (leaving) outcome.left();
    else outcome.returned(value);
  };
  const failed = (error: unknown): void => {
    if (told) return;
    told = true;
    outcome.threw(error);
  };
  const look = (step: unknown): unknown => {
    if (isStep(step) && step.done === true) ended(step.value);
    return step;
  };
  const follow = (step: unknown): unknown =>
    step instanceof Promise
      ? step.then(look, (error: unknown) => {
          failed(error);
          throw error;
        })
      : look(step);
  const drive =
    (method: (...args: unknown[]) => unknown) =>
    (...args: unknown[]): unknown => {
      try {
        return follow(enter(() => method.apply(generator, args)));
      } catch (error) {
        failed(error);
        throw error;
      }
    };
  const watched: G = new Proxy(generator, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      if (key === Symbol.asyncIterator || key === Symbol.iterator) return () => watched;
      const isDriver = key === "next" || key === "return" || key === "throw";
      if (!isDriver) return value.bind(target);
      return drive((...args) => {
        if (key === "return") leaving = true;
        return Reflect.apply(value, target, args);
      });
    },
  });
  return watched;
}
