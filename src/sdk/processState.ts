import type { AsyncLocalStorage } from "node:async_hooks";
import type { Micros } from "../core/wire";

/** An order of times: the `ts` of the last line, which the next one exceeds. */
export interface Timeline {
  lastTs: Micros;
}

/**
 * What all copies of this package in one process share: an application may load the ESM and the CJS build, and still has
 * one run context and one order of times.
 */
export interface ProcessState {
  /** The times of the lines written so far by clients that go by the system clock. */
  readonly timeline: Timeline;
  /** Carries the active run through asynchronous code; made by the first run, because its mere existence costs time. */
  storage: AsyncLocalStorage<unknown> | undefined;
  /** Notices already given, so that each is given once per process. */
  readonly notices: Set<string>;
  /** True below a call that is told already; made by the first instrumentation, because its mere existence costs time. */
  below: AsyncLocalStorage<boolean> | undefined;
  /** Runs whose model call is told to another run right now, and how many of them are; made by the first such call. */
  covered: WeakMap<object, number> | undefined;
  /** Sets of diagnostics channels that somebody listens to, so that nothing is told twice. */
  readonly listening: Set<string>;
}

/** The number grows when the shape of the shared state changes. */
const KEY = Symbol.for("dunetrace.process.1");

function isProcessState(value: unknown): value is ProcessState {
  return typeof value === "object" && value !== null && "timeline" in value && "listening" in value;
}

let state: ProcessState | undefined;

/** The shared state of this process, made on the first use. */
export function processState(): ProcessState {
  if (state !== undefined) return state;
  const found: unknown = Reflect.get(globalThis, KEY);
  if (isProcessState(found)) {
    state = found;
  } else {
    state = {
      timeline: { lastTs: 0 },
      storage: undefined,
      notices: new Set(),
      below: undefined,
      covered: undefined,
      listening: new Set(),
    };
    Object.defineProperty(globalThis, KEY, { value: state, enumerable: false, configurable: true });
  }
  return state;
}
