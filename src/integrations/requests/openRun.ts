import type { Dunetrace } from "../../sdk/client";
import { isPreflight, methodOf } from "./methods";
import { ask, fixedOptions, pick, type RequestRunOptions } from "./options";
import { RequestRun } from "./requestRun";

/** What an integration knows of a request before the application sees it. */
export interface IncomingRequest<R> {
  /** The framework's own request, which the functions among the options get. */
  readonly request: R;
  readonly method: string | undefined;
  /** The header access-control-request-method, null or undefined without it. */
  readonly preflightFor: unknown;
  /** Pattern of the route, where it is known by now. */
  readonly route?: string | undefined;
}

/** One integration with its client and options. */
export interface RequestSource<R> {
  readonly dt: Dunetrace;
  /** Names the function in messages, such as `dunetraceMiddleware`. */
  readonly integration: string;
  /** The `source` of the runs, such as `express`. */
  readonly source: string;
  readonly options: RequestRunOptions<R>;
}

/** Whether a request is a run at all. */
export function isRun<R>({ integration, options }: RequestSource<R>, incoming: IncomingRequest<R>): boolean {
  const { skip } = options;
  const { request, method, preflightFor } = incoming;
  if (isPreflight(method, preflightFor)) return false;
  return skip === undefined || ask(integration, "skip", () => skip(request)) !== true;
}

/** The user's input as the option picks it, which may be a promise; undefined without the option. */
export function inputOf<R>({ integration, options }: RequestSource<R>, request: R): unknown {
  const { inputFrom } = options;
  return inputFrom === undefined ? undefined : ask(integration, "inputFrom", () => inputFrom(request));
}

/** Opens the run of a request. */
export function openRun<R>(source: RequestSource<R>, incoming: IncomingRequest<R>, userInput: unknown): RequestRun {
  const { dt, integration, options } = source;
  const { request } = incoming;
  const route = pick(integration, "route", options.route, request) ?? incoming.route;
  const agentId = pick(integration, "agentId", options.agentId, request);
  const run = dt.startRun(agentId, {
    ...fixedOptions(options),
    userInput,
    userId: pick(integration, "userId", options.userId, request),
    sessionId: pick(integration, "sessionId", options.sessionId, request),
    source: source.source,
    attrs: { transport: "http", method: methodOf(incoming.method), ...(route === undefined ? {} : { route }) },
  });
  return new RequestRun(run, route);
}
