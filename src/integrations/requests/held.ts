import type { RequestRun } from "./requestRun";

/** Where a request carries its run for the integrations themselves, those of another copy of this package too. */
const HELD = Symbol.for("dunetrace.requestRun.1");

/** Puts the run on the request: as `dunetraceRun` for the application, and for the integrations. */
export function hold(request: object, held: RequestRun): void {
  Object.defineProperty(request, HELD, { value: held, configurable: true });
  Reflect.set(request, "dunetraceRun", held.run);
}

function isHeld(value: unknown): value is RequestRun {
  return typeof value === "object" && value !== null && "threw" in value && "run" in value;
}

/** The run that a request carries. */
export function heldBy(request: object): RequestRun | undefined {
  const found: unknown = Reflect.get(request, HELD);
  return isHeld(found) ? found : undefined;
}
