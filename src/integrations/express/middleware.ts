import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import type { Dunetrace } from "../../sdk/client";
import { getCurrentRun } from "../../sdk/context";
import type { RunContext } from "../../sdk/runContext";
import { followAnswer } from "../requests/answerEnd";
import { heldBy, hold } from "../requests/held";
import { inputOf, isRun, openRun, type RequestSource } from "../requests/openRun";
import { checkOptions, type RequestRunOptions } from "../requests/options";
import { guarded, type RequestRun } from "../requests/requestRun";
import { watchRoute } from "./routePattern";

declare global {
  namespace Express {
    interface Request {
      /** The run of this request, where an integration of Dunetrace opened one. */
      dunetraceRun?: RunContext;
    }
  }
}

const INTEGRATION = "dunetraceMiddleware";

/**
 * Express middleware that makes each request a run: active in everything behind the middleware, on `req.dunetraceRun`, and
 * ended with the body of the answer. Put it where the work of the agent begins: behind the parsers whose `req.body` the
 * option `inputFrom` reads, and on the routes of the agent alone, so that files and health checks are no runs. Of several
 * on one request the first counts.
 *
 * @throws OptionsError on a missing client or an unknown option
 * @example
 * app.use(express.json());
 * app.use("/chat", dunetraceMiddleware(dt, { agentId: "support", inputFrom: (req) => req.body.question }));
 * app.post("/chat", async (req, res) => {
 *   res.json({ answer: await agent.ask(req.body.question) });
 * });
 * app.use(dunetraceErrorMiddleware());
 */
export function dunetraceMiddleware(dt: Dunetrace, options: RequestRunOptions<Request> = {}): RequestHandler {
  checkOptions(INTEGRATION, dt, options);
  const source: RequestSource<Request> = { dt, integration: INTEGRATION, source: "express", options };
  return function dunetrace(req, res, next) {
    const opened = guarded(INTEGRATION, () => open(source, req, res));
    if (opened === undefined) next();
    else opened.run.within(() => next());
  };
}

/**
 * Express error middleware that tells the run what was thrown; without it the run of an answer with a status of 500 and
 * more knows the status alone. It answers nothing and passes the error on: put it behind the routes and before the
 * middleware that answers.
 */
export function dunetraceErrorMiddleware(): ErrorRequestHandler {
  // Express knows error middleware by its four parameters.
  return function dunetraceErrors(error: unknown, req, _res, next) {
    guarded("dunetraceErrorMiddleware", () => heldBy(req)?.threw(error));
    next(error);
  };
}

function open(source: RequestSource<Request>, req: Request, res: Response): RequestRun | undefined {
  const held = heldBy(req);
  if (held !== undefined) {
    if (!held.findsRoute) held.findRoute(watchRoute(req));
    return getCurrentRun() === undefined ? held : undefined;
  }
  const incoming = { request: req, method: req.method, preflightFor: req.headers["access-control-request-method"] };
  if (!isRun(source, incoming)) return undefined;
  const opened = openRun(source, incoming, inputOf(source, req));
  opened.findRoute(watchRoute(req));
  hold(req, opened);
  followAnswer(source.integration, { req, res }, opened);
  return opened;
}
