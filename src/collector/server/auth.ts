import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares in a time that tells nothing of where two texts differ. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** The key of a request: a bearer token, or where the Python package puts it. */
function keyOf(authorization: string | undefined, query: string | undefined): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  return bearer ?? query;
}

/** Where the Python package before 0.5 puts its key into the body: these routes check it themselves. */
const KEY_IN_BODY: ReadonlySet<string> = new Set(["/v1/ingest", "/v1/deploy"]);

/** Whether a request has the key of this collector; without one everything passes: then only this machine asks. */
export class KeyCheck {
  readonly #apiKey: string | undefined;

  constructor(apiKey: string | undefined) {
    this.#apiKey = apiKey;
  }

  /** @param inBody the key that the body names */
  passes(c: Context, inBody?: string): boolean {
    if (this.#apiKey === undefined) return true;
    const given = givenKey(c) ?? inBody;
    return given !== undefined && isSame(given, this.#apiKey);
  }
}

function givenKey(c: Context): string | undefined {
  return keyOf(c.req.header("authorization"), c.req.query("api_key"));
}

/** The answer to a request without the key, or with another. */
export function refusedKey(c: Context): Response {
  const problem =
    givenKey(c) === undefined ? "This collector asks for a key" : "The key is not the one of this collector";
  return c.json({ error: `${problem}; send it as "Authorization: Bearer KEY"` }, 401, { "WWW-Authenticate": "Bearer" });
}

/** Lets requests with the key pass; `/ready` needs none. */
export function withKey(apiKey: string | undefined): MiddlewareHandler {
  const key = new KeyCheck(apiKey);
  return async (c, next) => {
    const { path } = c.req;
    const passes = path === "/ready" || (KEY_IN_BODY.has(path) && givenKey(c) === undefined) || key.passes(c);
    if (!passes) return refusedKey(c);
    await next();
    return undefined;
  };
}
