import type { MiddlewareHandler } from "hono";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/** Whether an address is reached from this machine alone. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host.includes(":") ? `[${host}]` : host);

/**
 * Keeps other sites out of a server without a login: they can make a browser send requests here, and point a name of
 * theirs at this machine. A server on a loopback address answers its own names alone; requests of a page of another
 * origin are refused everywhere.
 */
export function sameSite(host: string): MiddlewareHandler {
  return async (c, next) => {
    const asked = c.req.header("host") ?? "";
    if (isLoopback(host) && !LOOPBACK.test(asked)) {
      return c.text(`This server is for this machine alone and is not called ${JSON.stringify(asked)}\n`, 421);
    }
    const origin = c.req.header("origin");
    if (origin !== undefined && hostOf(origin) !== asked) {
      return c.text(`Pages of ${origin} may not ask here\n`, 403);
    }
    await next();
    return undefined;
  };
}

/** Of an origin such as `http://localhost:3100`; of an opaque one, `null`, there is none. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
