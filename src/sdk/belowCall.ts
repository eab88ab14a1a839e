import { AsyncLocalStorage } from "node:async_hooks";
import { enclosingRun } from "./context";
import { processState } from "./processState";
import type { RunContext } from "./runContext";

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
  const { below, covered } = processState();
  if (below?.getStore() === true) return true;
  if (covered === undefined) return false;
  const run = enclosingRun();
  return run !== undefined && covered.has(run);
}

/**
 * Says that a call made inside a run is told elsewhere until it is answered, for frameworks that only tell when a call
 * begins and ends: `isBelowCall()` is true in all code of that run meanwhile.
 *
 * @returns what is to be called, once, with the answer
 */
export function coverCalls(run: RunContext): () => void {
  const state = processState();
  state.covered ??= new WeakMap();
  const { covered } = state;
  covered.set(run, (covered.get(run) ?? 0) + 1);
  return () => {
    const left = (covered.get(run) ?? 1) - 1;
    if (left > 0) covered.set(run, left);
    else covered.delete(run);
  };
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
