import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares in a time that tells nothing of where two texts differ. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** The key of a request: a bearer token, or where the Python package puts it. */
export function keyOf(authorization: string | undefined, query: string | undefined): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  return bearer ?? query;
}

/** Lets requests with the key pass; `/ready` needs none. Without a key everything passes: then only this machine asks. */
export function withKey(apiKey: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (apiKey !== undefined && c.req.path !== "/ready") {
      const given = keyOf(c.req.header("authorization"), c.req.query("api_key"));
      if (given === undefined || !isSame(given, apiKey)) {
        const problem =
          given === undefined ? "This collector asks for a key" : "The key is not the one of this collector";
        return c.json({ error: `${problem}; send it as "Authorization: Bearer KEY"` }, 401, {
          "WWW-Authenticate": "Bearer",
        });
      }
    }
    await next();
    return undefined;
  };
}
