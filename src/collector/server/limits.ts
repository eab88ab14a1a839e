import type { Context, MiddlewareHandler } from "hono";
import type { Collector } from "../collector";
import { count } from "../counters";
import { statusAnswer } from "../otlp/answer";
import { clientOf } from "./clients";
import { TokenBuckets } from "./tokenBuckets";
import { answered } from "./traces";

export interface LimitOptions {
  readonly collector: Collector;
  /** Requests of one address; twice as many may come at once. Default: 1,000. */
  readonly requestsPerSecond?: number | undefined;
  /** Time that only goes forward, ms. */
  readonly time?: (() => number) | undefined;
}

const REQUESTS_PER_SECOND = 1000;
/** One more each second: a sender with a wrong key stays below, and guessing a key would take for ever. */
const WRONG_KEYS = { burst: 20, perSecond: 1 };
/** Addresses that had the right key, the newest. */
const MOST_TRUSTED = 10_000;

/** How much one client may ask, and how often it may have the wrong key. */
export class Limits {
  readonly #requests: TokenBuckets;
  readonly #wrongKeys: TokenBuckets;
  readonly #trusted = new Set<string>();
  readonly #collector: Collector;

  constructor({ collector, requestsPerSecond = REQUESTS_PER_SECOND, time = () => performance.now() }: LimitOptions) {
    this.#collector = collector;
    this.#requests = new TokenBuckets({ burst: 2 * requestsPerSecond, perSecond: requestsPerSecond, clock: time });
    this.#wrongKeys = new TokenBuckets({ ...WRONG_KEYS, clock: time });
  }

  /** @returns the answer to a client that asks too much */
  refusal(c: Context): Response | undefined {
    const client = clientOf(c);
    if (this.#requests.take(client)) return undefined;
    return this.#tooMany(
      c,
      "requests",
      this.#requests.wait(client),
      "Too many requests from this address",
      ", and more in one request",
    );
  }

  /**
   * @returns the answer to a client that had too many wrong keys, whatever key it has now. One that shares its address with
   *   senders who have the right key is not held up: they would be too.
   */
  guessRefusal(c: Context): Response | undefined {
    const client = clientOf(c);
    const wait = this.#wrongKeys.wait(client);
    if (wait === 0 || this.#trusted.has(client)) return undefined;
    return this.#tooMany(c, "wrong_keys", wait, "Too many wrong keys from this address");
  }

  /** Told of each key that was looked at. */
  saw(c: Context, isRight: boolean): void {
    const client = clientOf(c);
    if (!isRight) {
      this.#wrongKeys.take(client);
      return;
    }
    if (this.#trusted.has(client)) return;
    this.#trusted.add(client);
    const [oldest] = this.#trusted;
    if (oldest !== undefined && this.#trusted.size > MOST_TRUSTED) this.#trusted.delete(oldest);
  }

  #tooMany(c: Context, reason: string, seconds: number, problem: string, next = ""): Response {
    count(this.#collector.counters.limitedRequests, reason);
    const wait = Math.max(1, Math.ceil(seconds));
    const message = `${problem}; send it again in ${wait} s${next}`;
    const answer = c.req.path.startsWith("/v1/traces")
      ? answered(statusAnswer(message, /json/i.test(c.req.header("content-type") ?? "") ? "json" : "protobuf"), 429)
      : c.json({ error: message }, 429);
    answer.headers.set("Retry-After", String(wait));
    return answer;
  }
}

/** Lets clients pass that keep to the limit. */
export function limited(limits: Limits): MiddlewareHandler {
  return async (c, next) => {
    const refusal = limits.refusal(c);
    if (refusal !== undefined) return refusal;
    await next();
    return undefined;
  };
}
