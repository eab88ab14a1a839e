import { AsyncLocalStorage } from "node:async_hooks";

/** What all copies of this package in one process share about instrumented clients. */
interface Shared {
  /** True below a call that is told already; made by the first instrumentation, because its mere existence costs time. */
  below: AsyncLocalStorage<boolean> | undefined;
  /** Sets of diagnostics channels that somebody listens to, so that nothing is told twice. */
  readonly listening: Set<string>;
}

/** The number grows when the shape of the shared state changes. */
const KEY = Symbol.for("dunetrace.instrumentation.1");

function isShared(value: unknown): value is Shared {
  return typeof value === "object" && value !== null && "below" in value && "listening" in value;
}

let shared: Shared | undefined;

function state(): Shared {
  if (shared !== undefined) return shared;
  const found: unknown = Reflect.get(globalThis, KEY);
  if (isShared(found)) {
    shared = found;
  } else {
    shared = { below: undefined, listening: new Set() };
    Object.defineProperty(globalThis, KEY, { value: shared, enumerable: false, configurable: true });
  }
  return shared;
}

/**
 * Runs a function as the inside of a call that is told already: what it calls in turn (the HTTP request below a model
 * call, a second instrumented layer) is not told again. `getCurrentRun()` still finds the run there.
 */
export function belowCall<T>(fn: () => T): T {
  const { below } = state();
  return below === undefined ? fn() : below.run(true, fn);
}

/** To be called when the first thing is instrumented: from then on `belowCall` has an effect. */
export function watchBelowCalls(): void {
  state().below ??= new AsyncLocalStorage<boolean>();
}

/** Whether this code runs below a call that is told already. */
export function isBelowCall(): boolean {
  return state().below?.getStore() === true;
}

/**
 * Lets one copy of this package alone listen to something in this process.
 *
 * @returns what stops it; undefined when somebody listens already
 */
export function listenOnce(name: string, start: () => () => void): (() => void) | undefined {
  const { listening } = state();
  if (listening.has(name)) return undefined;
  listening.add(name);
  const stop = start();
  let stopped = false;
  return () => {
    if (stopped) return;
    stopped = true;
    listening.delete(name);
    stop();
  };
}
