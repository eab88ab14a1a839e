import { AsyncLocalStorage } from "node:async_hooks";
import { processState } from "./processState";
import type { RunContext } from "./runContext";

/** Marks run contexts, those of another copy of this package too. */
export const RUN_CONTEXT: unique symbol = Symbol.for("dunetrace.runContext.1");

function isRunContext(value: unknown): value is RunContext {
  return typeof value === "object" && value !== null && RUN_CONTEXT in value;
}

/**
 * Runs a function with a run as the active one, through everything it awaits. The storage is made by the first run:
 * before that, importing this package costs no `await` anything.
 */
export function withRun<T>(run: RunContext, fn: () => T): T {
  const state = processState();
  state.storage ??= new AsyncLocalStorage<unknown>();
  return state.storage.run(run, fn);
}

/** Runs a function outside any run, so that what the SDK does itself is not taken for work of the agent. */
export function outsideRuns<T>(fn: () => T): T {
  const { storage } = processState();
  return storage === undefined ? fn() : storage.run(undefined, fn);
}

/** The run this code belongs to, ended or not: nested runs name it as their parent. */
export function enclosingRun(): RunContext | undefined {
  const { storage } = processState();
  if (storage === undefined) return undefined;
  const found = storage.getStore();
  return isRunContext(found) ? found : undefined;
}

/**
 * The active run of the current asynchronous task, or undefined outside of runs and after the run has ended.
 *
 * @example
 * function lookUp(key: string) {
 *   const call = getCurrentRun()?.toolCalled("cache_lookup", { key });
 *   const found = cache.get(key);
 *   call?.responded({ success: found !== undefined });
 *   return found;
 * }
 */
export function getCurrentRun(): RunContext | undefined {
  const run = enclosingRun();
  return run?.ended === undefined ? run : undefined;
}
