import type { Dunetrace } from "../../sdk/client";
import { heldBy, hold } from "../requests/held";
import { isRun, openRun, type RequestSource } from "../requests/openRun";
import { checkOptions, type RequestRunOptions } from "../requests/options";
import { guarded } from "../requests/requestRun";
import { followResponse, watchAbort } from "./answer";
import { readInput } from "./input";
import { endWithThrown } from "./thrown";

/** What is used of the context of Hono, so that nothing of it is imported. */
export interface HonoContext {
  readonly req: { readonly raw: Request; readonly method: string };
  res: Response;
  readonly error: Error | undefined;
  readonly set: (key: never, value: never) => void;
}

const INTEGRATION = "dunetraceHono";

/**
 * Hono middleware that makes each request a run: active in everything behind it, as `c.get("dunetraceRun")`, and ended with
 * the body of the response. Put it before other middleware, on the routes of the agent.
 *
 * The functions among the options get the context of Hono. `inputFrom` may be asynchronous.
 *
 * @throws OptionsError on a missing client or an unknown option
 * @example
 * app.use("/chat/*", dunetraceHono(dt, { agentId: "support" }));
 * app.post("/chat/:id", async (c) => c.json({ answer: await agent.ask(await c.req.text()) }));
 */
export function dunetraceHono<C extends HonoContext = HonoContext>(
  dt: Dunetrace,
  options: RequestRunOptions<C> = {},
): (c: C, next: () => Promise<void>) => Promise<void> {
  checkOptions(INTEGRATION, dt, options);
  const source: RequestSource<C> = { dt, integration: INTEGRATION, source: "hono", options };
  return async (c, next) => {
    const { raw, method } = c.req;
    const preflightFor = guarded(INTEGRATION, () => raw.headers.get("access-control-request-method"));
    const incoming = { request: c, method, preflightFor };
    const held = heldBy(raw);
    if (held !== undefined) {
      held.findRoute(() => routeOf(c.req));
      await next();
      if (c.error !== undefined) held.threw(c.error);
      return;
    }
    const opened = isRun(source, incoming)
      ? await readInput(source, () => c).then((input) => guarded(INTEGRATION, () => openRun(source, incoming, input)))
      : undefined;
    if (opened === undefined) {
      await next();
      return;
    }
    opened.findRoute(() => routeOf(c.req));
    guarded(INTEGRATION, () => hold(raw, opened));
    guarded(INTEGRATION, () => Reflect.apply(c.set, c, ["dunetraceRun", opened.run]));
    const signal = guarded(INTEGRATION, () => watchAbort(INTEGRATION, raw, opened));
    try {
      await opened.run.within(next);
    } catch (error) {
      guarded(INTEGRATION, () => endWithThrown(opened, error));
      throw error;
    } finally {
      signal?.forget();
    }
    // Hono answers what a handler threw, and keeps it here.
    if (c.error !== undefined) opened.threw(c.error);
    const { res } = c;
    const followed = followResponse(INTEGRATION, raw, res, opened);
    if (followed !== res) c.res = followed;
  };
}

/** The pattern of the handler that answered; a middleware that answers has one with `*`. */
function routeOf(req: object): string | undefined {
  const pattern: unknown = Reflect.get(req, "routePath");
  return typeof pattern === "string" ? pattern : undefined;
}
