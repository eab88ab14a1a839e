import type { Dunetrace } from "../../sdk/client";
import type { RunContext } from "../../sdk/runContext";
import { heldBy, hold } from "../requests/held";
import { type IncomingRequest, isRun, openRun, type RequestSource } from "../requests/openRun";
import { checkOptions, type RequestRunOptions } from "../requests/options";
import { guarded } from "../requests/requestRun";
import { followResponse, watchAbort } from "./answer";
import { readInput } from "./input";
import { endWithThrown } from "./thrown";

/** The second argument of a handler, with the run of its request where that argument is a plain object. */
export type WithRun<C extends object = object> = C & { readonly dunetraceRun?: RunContext };

const INTEGRATION = "dunetraceHandler";

/**
 * Wraps a handler that takes a Request and gives a Response, so that each request is a run: active in everything the
 * handler does, and ended with the body of the response. `getCurrentRun()` finds the run; so does `dunetraceRun` of the
 * second argument, where that is a plain object or missing. For Node, not for edge runtimes.
 *
 * With `inputFrom` the function gets a clone of the request, whose body it may read, and may be asynchronous.
 *
 * @returns a handler for the same framework; the response is a new one with the same status, headers and bytes
 * @throws OptionsError on a missing client or an unknown option
 * @example
 * export const POST = dunetraceHandler(dt, async (request: Request) => {
 *   const { question } = await request.json();
 *   return Response.json({ answer: await agent.ask(question) });
 * }, { agentId: "support", route: "/api/chat", inputFrom: async (request) => (await request.json()).question });
 */
export function dunetraceHandler<Q extends Request, A extends unknown[]>(
  dt: Dunetrace,
  handler: (request: Q, ...rest: A) => Response | PromiseLike<Response>,
  options: RequestRunOptions<Request> = {},
): (request: Q, ...rest: A) => Promise<Response> {
  checkOptions(INTEGRATION, dt, options);
  const source: RequestSource<Request> = { dt, integration: INTEGRATION, source: "fetch", options };
  return async function dunetraced(this: unknown, request: Q, ...rest: A): Promise<Response> {
    const incoming = guarded(INTEGRATION, () => incomingOf(request));
    if (incoming === undefined || !isRun(source, incoming)) {
      return await Reflect.apply(handler, this, [request, ...rest]);
    }
    const input = await readInput(source, () => request.clone());
    const opened = guarded(INTEGRATION, () => openRun(source, incoming, input));
    if (opened === undefined) return await Reflect.apply(handler, this, [request, ...rest]);
    guarded(INTEGRATION, () => hold(request, opened));
    const signal = guarded(INTEGRATION, () => watchAbort(INTEGRATION, request, opened));
    try {
      const args = withRun(rest, opened.run);
      const response: Response = await opened.run.within(() => Reflect.apply(handler, this, [request, ...args]));
      return followResponse(INTEGRATION, request, response, opened);
    } catch (error) {
      guarded(INTEGRATION, () => endWithThrown(opened, error));
      throw error;
    } finally {
      signal?.forget();
    }
  };
}

/** What is known of a request; undefined where it has a run already. */
function incomingOf(request: Request): IncomingRequest<Request> | undefined {
  if (heldBy(request) !== undefined) return undefined;
  return { request, method: request.method, preflightFor: request.headers.get("access-control-request-method") };
}

/** The arguments behind the request, the first of them with the run where it may be copied. */
function withRun(rest: readonly unknown[], dunetraceRun: RunContext): readonly unknown[] {
  const [context, ...more] = rest;
  if (context === undefined) return [{ dunetraceRun }, ...more];
  if (typeof context !== "object" || context === null) return rest;
  const prototype: unknown = Object.getPrototypeOf(context);
  // Others are shared by requests, such as the server of Bun, or lose their methods when copied.
  if (prototype !== Object.prototype && prototype !== null) return rest;
  return [{ ...context, dunetraceRun }, ...more];
}
