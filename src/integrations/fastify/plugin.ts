import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Dunetrace } from "../../sdk/client";
import { getCurrentRun } from "../../sdk/context";
import type { RunContext } from "../../sdk/runContext";
import { followAnswer } from "../requests/answerEnd";
import { heldBy, hold } from "../requests/held";
import { inputOf, isRun, openRun, type RequestSource } from "../requests/openRun";
import { checkOptions, type RequestRunOptions } from "../requests/options";
import { guarded, type RequestRun } from "../requests/requestRun";

declare module "fastify" {
  interface FastifyRequest {
    /** The run of this request, where the plugin of Dunetrace opened one. */
    dunetraceRun: RunContext | undefined;
  }
}

export interface DunetracePluginOptions extends RequestRunOptions<FastifyRequest> {
  /** The client whose runs the requests become. */
  readonly dt: Dunetrace;
}

const INTEGRATION = "dunetracePlugin";
/** What `register` takes itself and passes on. */
const OF_FASTIFY = ["dt", "prefix", "logLevel", "logSerializers"];

const plugin: FastifyPluginAsync<DunetracePluginOptions> = async (fastify, given) => {
  const { dt } = given;
  checkOptions(INTEGRATION, dt, given, OF_FASTIFY);
  const source: RequestSource<FastifyRequest> = { dt, integration: INTEGRATION, source: "fastify", options: given };
  if (!fastify.hasRequestDecorator("dunetraceRun")) fastify.decorateRequest("dunetraceRun", undefined);
  const begin = (request: FastifyRequest, reply: FastifyReply, next: () => void): void => {
    const opened = guarded(INTEGRATION, () => open(source, request, reply));
    if (opened === undefined) next();
    else opened.run.within(next);
  };
  // The body is parsed between the two.
  if (given.inputFrom === undefined) fastify.addHook("onRequest", begin);
  else fastify.addHook("preValidation", begin);
  fastify.addHook("onError", (request, _reply, error, next) => {
    guarded(INTEGRATION, () => heldBy(request.raw)?.threw(error));
    next();
  });
  fastify.addHook("onSend", (request, _reply, payload: unknown, next) => {
    guarded(INTEGRATION, () => watchSource(payload, heldBy(request.raw)));
    next();
  });
};

/**
 * Fastify plugin that makes each request a run: active in hooks and handlers, on `request.dunetraceRun`, and ended with the
 * body of the answer. It applies to the scope it is registered in: register it beside the routes of the agent, so that
 * health checks are no runs.
 *
 * The run begins with the request. With the option `inputFrom` it begins when the body is parsed, so that `request.body` is
 * there; requests refused before that are no runs then.
 *
 * @throws OptionsError on a missing client or an unknown option, when the plugin is loaded
 * @example
 * await app.register(dunetracePlugin, { dt, agentId: "support", inputFrom: (request) => request.body });
 * app.post("/chat", async (request) => ({ answer: await agent.ask(request.body) }));
 */
export const dunetracePlugin: FastifyPluginAsync<DunetracePluginOptions> = Object.assign(plugin, {
  // What fastify-plugin sets: the hooks are for the scope that registers the plugin, not for one of its own.
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "dunetrace",
  [Symbol.for("plugin-meta")]: { name: "dunetrace", fastify: ">=4" },
});

function open(
  source: RequestSource<FastifyRequest>,
  request: FastifyRequest,
  reply: FastifyReply,
): RequestRun | undefined {
  const { raw } = request;
  const held = heldBy(raw);
  if (held !== undefined) {
    request.dunetraceRun = held.run;
    return getCurrentRun() === undefined ? held : undefined;
  }
  const preflightFor = request.headers["access-control-request-method"];
  const incoming = { request, method: request.method, preflightFor, route: request.routeOptions.url };
  if (!isRun(source, incoming)) return undefined;
  const opened = openRun(source, incoming, inputOf(source, request));
  hold(raw, opened);
  request.dunetraceRun = opened.run;
  followAnswer(source.integration, { req: raw, res: reply.raw }, opened);
  return opened;
}

interface ErrorEmitter {
  once(event: "error", listener: (error: unknown) => void): unknown;
}

function isEmitter(value: unknown): value is ErrorEmitter {
  return typeof value === "object" && value !== null && "pipe" in value && "once" in value;
}

/** Fastify cuts an answer short when the stream it sends fails, and tells no hook. It listens for the error itself. */
function watchSource(payload: unknown, held: RequestRun | undefined): void {
  if (held !== undefined && isEmitter(payload)) payload.once("error", (error) => held.threw(error));
}
