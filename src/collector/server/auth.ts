import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { Limits } from "./limits";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares in a time that tells nothing of where two texts differ. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** The key of a request: a bearer token, or where the Python package puts it. */
function givenKey(c: Context): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return bearer ?? c.req.query("api_key");
}

/** Where the Python package before 0.5 puts its key into the body: these routes check it themselves. */
const KEY_IN_BODY: ReadonlySet<string> = new Set(["/v1/ingest", "/v1/deploy"]);

/** What is read of a body to find the key in it: senders that put it there send hashes, which are short. */
const UNCHECKED_BODY_BYTES = 4 * 1024 * 1024;

/** Whether requests have the key of this collector; without one everything passes: then only this machine asks. */
export class KeyCheck {
  readonly #apiKey: string | undefined;
  readonly #limits: Limits;

  constructor(apiKey: string | undefined, limits: Limits) {
    this.#apiKey = apiKey;
    this.#limits = limits;
  }

  /** How much of a body is read, bytes: less before its sender is known. */
  bodyBytes(c: Context, most: number): number {
    return this.#apiKey === undefined || givenKey(c) !== undefined ? most : Math.min(most, UNCHECKED_BODY_BYTES);
  }

  /**
   * @param inBody the key that the body names
   * @returns the answer to a request without the key or with another, or from where too many other keys came
   */
  refusal(c: Context, inBody?: string): Response | undefined {
    if (this.#apiKey === undefined) return undefined;
    const given = givenKey(c) ?? inBody;
    if (given === undefined) return unauthorised(c, "This collector asks for a key");
    const tooMany = this.#limits.guessRefusal(c);
    if (tooMany !== undefined) return tooMany;
    const isRight = isSame(given, this.#apiKey);
    this.#limits.saw(c, isRight);
    return isRight ? undefined : unauthorised(c, "The key is not the one of this collector");
  }
}

function unauthorised(c: Context, problem: string): Response {
  return c.json({ error: `${problem}; send it as "Authorization: Bearer KEY"` }, 401, { "WWW-Authenticate": "Bearer" });
}

/** Lets requests with the key pass; `/ready` needs none. */
export function withKey(key: KeyCheck): MiddlewareHandler {
  return async (c, next) => {
    const { path } = c.req;
    const isChecked = path !== "/ready" && !(KEY_IN_BODY.has(path) && givenKey(c) === undefined);
    const refusal = isChecked ? key.refusal(c) : undefined;
    if (refusal !== undefined) return refusal;
    await next();
    return undefined;
  };
}
