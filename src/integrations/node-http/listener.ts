import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dunetrace } from "../../sdk/client";
import { getCurrentRun } from "../../sdk/context";
import type { RunContext } from "../../sdk/runContext";
import { settle } from "../../sdk/settle";
import { followAnswer } from "../requests/answerEnd";
import { heldBy, hold } from "../requests/held";
import { inputOf, isRun, openRun, type RequestSource } from "../requests/openRun";
import { checkOptions, type RequestRunOptions } from "../requests/options";
import { guarded, type RequestRun } from "../requests/requestRun";

declare module "node:http" {
  interface IncomingMessage {
    /** The run of this request, where an integration of Dunetrace opened one. */
    dunetraceRun?: RunContext;
  }
}

const INTEGRATION = "dunetraceListener";

/**
 * Wraps the listener of a Node server, so that each request is a run: active in everything the listener does, on
 * `req.dunetraceRun`, and ended with the body of the answer. What the listener throws comes through unchanged. Upgrades do
 * not reach the listener and are no runs.
 *
 * @throws OptionsError on a missing client or an unknown option
 * @example
 * const server = createServer(dunetraceListener(dt, async (req, res) => {
 *   res.end(await agent.ask(question));
 * }, { agentId: "support", skip: (req) => req.url === "/healthz" }));
 */
export function dunetraceListener(
  dt: Dunetrace,
  listener: (req: IncomingMessage, res: ServerResponse) => unknown,
  options: RequestRunOptions<IncomingMessage> = {},
): (req: IncomingMessage, res: ServerResponse) => unknown {
  checkOptions(INTEGRATION, dt, options);
  const source: RequestSource<IncomingMessage> = { dt, integration: INTEGRATION, source: "node:http", options };
  return function dunetraced(this: unknown, req: IncomingMessage, res: ServerResponse): unknown {
    const call = (): unknown => Reflect.apply(listener, this, [req, res]);
    const opened = guarded(INTEGRATION, () => open(source, req, res));
    if (opened === undefined) return call();
    return opened.run.within(() =>
      settle(call, {
        returned: () => undefined,
        threw: (error) => guarded(INTEGRATION, () => threw(opened, res, error)),
      }),
    );
  };
}

function open(
  source: RequestSource<IncomingMessage>,
  req: IncomingMessage,
  res: ServerResponse,
): RequestRun | undefined {
  const held = heldBy(req);
  if (held !== undefined) return getCurrentRun() === undefined ? held : undefined;
  const preflightFor = req.headers["access-control-request-method"];
  const incoming = { request: req, method: req.method, preflightFor };
  if (!isRun(source, incoming)) return undefined;
  const opened = openRun(source, incoming, inputOf(source, req));
  hold(req, opened);
  followAnswer(source.integration, { req, res }, opened);
  return opened;
}

/** Nobody but an `uncaughtException` handler can answer now: the run does not wait for that, unless the answer is given. */
function threw(opened: RequestRun, res: ServerResponse, error: unknown): void {
  opened.threw(error);
  if (!res.writableEnded) opened.broke(error);
}
