import type { EventEmitter } from "node:events";
import { enclosingRun, getCurrentRun } from "../../sdk/context";
import type { RunContext } from "../../sdk/runContext";

const RUNS_OF_REQUESTS = new WeakSet<RunContext>();

/**
 * Makes the listeners of an emitter run inside a run. Node emits the events of requests and responses from the socket,
 * whose asynchronous context is older than the run.
 */
export function bindEmitter(emitter: EventEmitter, run: RunContext): void {
  const emit: unknown = Reflect.get(emitter, "emit");
  if (typeof emit !== "function") return;
  const outer = enclosingRun();
  RUNS_OF_REQUESTS.add(run);
  Object.defineProperty(emitter, "emit", {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]): unknown {
      const call = (): unknown => Reflect.apply(emit, this, args);
      if (run.ended !== undefined) return call();
      const current = getCurrentRun();
      // A run inside the request's run stays the active one. With pipelined requests the end of an earlier one sets off
      // events of the next.
      const isForeign = current === undefined || current === outer || RUNS_OF_REQUESTS.has(current);
      return isForeign ? run.within(call) : call();
    },
  });
}
