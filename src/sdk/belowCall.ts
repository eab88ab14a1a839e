import { AsyncLocalStorage } from "node:async_hooks";
import { processState } from "./processState";

/**
 * Runs a function as the inside of a call that is told already: what it calls in turn (the HTTP request below a model
 * call, a second instrumented layer) is not told again. `getCurrentRun()` still finds the run there.
 */
export function belowCall<T>(fn: () => T): T {
  const { below } = processState();
  return below === undefined ? fn() : below.run(true, fn);
}

/** To be called when the first thing is instrumented: from then on `belowCall` has an effect. */
export function watchBelowCalls(): void {
  processState().below ??= new AsyncLocalStorage<boolean>();
}

/** Whether this code runs below a call that is told already. */
export function isBelowCall(): boolean {
  return processState().below?.getStore() === true;
}

/**
 * Lets one copy of this package alone listen to something in this process.
 *
 * @returns what stops it; undefined when somebody listens already
 */
export function listenOnce(name: string, start: () => () => void): (() => void) | undefined {
  const { listening } = processState();
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
