import type { Agent, RequestOptions } from "node:http";
import { outsideRuns } from "../context";
import { errorText } from "../errors";
import type { Sink, Tell } from "./sink";

/** Lines wait this long for others to go with them, ms. */
const GATHER_MS = 200;
/** What one request carries: the collector takes far more. */
const BATCH_BYTES = 262_144;
const REQUEST_TIMEOUT_MS = 10_000;
/** A connection that is being made keeps the process alive, so it may not take long, ms. */
const CONNECT_TIMEOUT_MS = 1000;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;

export interface HttpOptions {
  /** Base URL; lines go to `{endpoint}/v1/events`. */
  readonly endpoint: string;
  readonly apiKey: string | undefined;
  /** What may wait; lines beyond it are dropped. */
  readonly maxQueueBytes: number;
  /** Told what only the user can put right: a wrong key or address. */
  readonly alert: (message: string) => void;
  readonly tell: Tell;
}

/** What became of one request: delivered, to be tried again after some ms, to be sent in halves, or refused for good. */
type Outcome =
  | { readonly kind: "delivered" | "tooLarge" | "refused" }
  | { readonly kind: "retry"; readonly afterMs: number | undefined };

/** Milliseconds a Retry-After header asks for: seconds or a date. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return ms >= 0 ? Math.min(ms, MAX_RETRY_MS) : undefined;
}

/** What is needed of a response. */
interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/**
 * Sends lines as NDJSON to a collector, in batches, one request at a time. What cannot be delivered now (429, 5xx, no
 * network) waits within its bound and is tried again with back-off; what is refused (400, a wrong key) is dropped.
 */
export class HttpSink implements Sink {
  readonly name: string;
  dropped = 0;
  readonly #options: HttpOptions;
  readonly #url: string;
  #queue: { readonly line: string; readonly bytes: number }[] = [];
  #bytes = 0;
  #batchBytes = BATCH_BYTES;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #agent: Agent | undefined;
  /** Gives up the request under way unless it reached the collector. */
  #stopConnecting: (() => void) | undefined;
  #stopRequest: (() => void) | undefined;
  #closed = false;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#url = `${options.endpoint.replace(/\/+$/, "")}/v1/events`;
    this.name = `endpoint ${new URL(this.#url).origin}`;
  }

  get waiting(): boolean {
    return this.#queue.length > 0;
  }

  write(line: string): boolean {
    const bytes = Buffer.byteLength(line);
    if (this.#closed || this.#bytes + bytes > this.#options.maxQueueBytes) {
      this.dropped++;
      this.#options.tell(`${this.name} full`, `${this.name} takes lines too slowly: new ones are dropped and counted`);
      return false;
    }
    this.#queue.push({ line, bytes });
    this.#bytes += bytes;
    if (this.#sending !== undefined) return true;
    if (this.#timer === undefined) this.#sendAfter(GATHER_MS);
    else if (this.#failures === 0 && this.#bytes >= this.#batchBytes) this.#sendNow();
    return true;
  }

  #sendAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = outsideRuns(() => setTimeout(() => this.#sendNow(), ms));
    this.#timer.unref();
  }

  #sendNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length === 0) return;
    this.#sending ??= outsideRuns(() => this.#sendAll()).finally(() => {
      this.#sending = undefined;
    });
  }

  /** Sends until nothing waits or the next try has to wait. */
  async #sendAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const lines = this.#nextBatch();
      const body = this.#queue.slice(0, lines).map(({ line }) => line);
      const outcome = await this.#post(body.join(""));
      if (this.#closed) return;
      if (outcome.kind === "retry") {
        const backOff = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, MAX_RETRY_MS);
        // Half of it is random, so that many agents do not come back at once.
        return this.#sendAfter(outcome.afterMs ?? backOff * (0.5 + Math.random() / 2));
      }
      this.#failures = 0;
      if (outcome.kind === "tooLarge" && lines > 1) {
        this.#batchBytes = Math.ceil(this.#batchBytes / 2);
        continue;
      }
      if (outcome.kind !== "delivered") this.dropped += lines;
      this.#forget(lines);
    }
  }

  #nextBatch(): number {
    let total = 0;
    let lines = 0;
    for (const { bytes } of this.#queue) {
      total += bytes;
      if (lines > 0 && total > this.#batchBytes) break;
      lines++;
    }
    return lines;
  }

  #forget(lines: number): void {
    for (let at = 0; at < lines; at++) this.#bytes -= this.#queue[at]?.bytes ?? 0;
    this.#queue = this.#queue.slice(lines);
  }

  async #post(body: string): Promise<Outcome> {
    try {
      return this.#outcomeOf(await this.#request(body));
    } catch (error) {
      this.#options.tell(
        `${this.name} unreachable`,
        `${this.name} cannot be reached (${errorText(error)}): lines wait`,
      );
      return { kind: "retry", afterMs: undefined };
    }
  }

  /**
   * Not `fetch`, whose requests keep the process alive until they are answered: here only making the connection does, and
   * that has a limit of its own.
   */
  async #request(body: string): Promise<Answer> {
    const url = new URL(this.#url);
    const { Agent, request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
    this.#agent ??= new Agent({ keepAlive: true });
    const bytes = Buffer.from(body);
    const headers: Record<string, string | number> = {
      "content-type": "application/x-ndjson",
      "content-length": bytes.length,
    };
    if (this.#options.apiKey !== undefined) headers.authorization = `Bearer ${this.#options.apiKey}`;
    const options: RequestOptions = { method: "POST", agent: this.#agent, headers };
    const timers: NodeJS.Timeout[] = [];
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const sent = request(url, options, (response) => {
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, retryAfter: headers["retry-after"] });
          // What the body says is not needed; read to its end, the connection can be used again.
          response.on("error", reject).resume();
        });
        const stop = (why: string) => (): void => void sent.destroy(new Error(why));
        const stopAfter = (ms: number, why: string): NodeJS.Timeout => {
          const timer = setTimeout(stop(why), ms).unref();
          timers.push(timer);
          return timer;
        };
        stopAfter(REQUEST_TIMEOUT_MS, "no answer in time");
        const connecting = stopAfter(CONNECT_TIMEOUT_MS, "no connection in time");
        this.#stopRequest = stop("given up");
        this.#stopConnecting = this.#stopRequest;
        sent.on("error", reject).on("socket", (socket) => {
          const connected = (): void => {
            clearTimeout(connecting);
            this.#stopConnecting = undefined;
            socket.unref();
          };
          if (socket.connecting) socket.once("connect", connected);
          else connected();
        });
        sent.end(bytes);
      });
    } finally {
      for (const timer of timers) clearTimeout(timer);
      this.#stopRequest = undefined;
      this.#stopConnecting = undefined;
    }
  }

  #outcomeOf({ status, retryAfter: header }: Answer): Outcome {
    if (status >= 200 && status < 300) return { kind: "delivered" };
    if (status === 429 || status === 408 || status >= 500) {
      if (status >= 500) this.#options.alert(`${this.#url} answers ${status}: lines wait and are sent again.`);
      else
        this.#options.tell(`${this.name} ${status}`, `${this.name} answers ${status}: lines wait and are sent again`);
      return { kind: "retry", afterMs: retryAfter(header) };
    }
    if (status === 413) return { kind: "tooLarge" };
    const todo =
      status === 401 || status === 403
        ? "check apiKey"
        : status === 404 || status === 405 || (status >= 300 && status < 400)
          ? "check endpoint: it must be the base URL of a collector"
          : "the lines were not accepted";
    this.#options.alert(`${this.#url} answers ${status}: ${todo}. These lines are dropped and counted.`);
    return { kind: "refused" };
  }

  flushSync(): void {
    // Nothing can be sent without the event loop.
  }

  /**
   * A request that reached the collector goes on after the deadline, for its lines may be taken yet; nothing waits for it
   * any more.
   */
  async flush(deadline: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(
        () => {
          isOver = true;
          this.#stopConnecting?.();
          resolve();
        },
        Math.max(deadline - performance.now(), 0),
      );
    });
    while (this.#queue.length > 0 && !isOver) {
      const before = this.#failures;
      this.#sendNow();
      await Promise.race([this.#sending, timeUp]);
      // A try that failed is not repeated at once, but sooner than the back-off says: somebody waits for this flush.
      if (this.#failures > before && !isOver) {
        await Promise.race([new Promise((resolve) => setTimeout(resolve, GATHER_MS).unref()), timeUp]);
      }
    }
    clearTimeout(timer);
  }

  async close(deadline: number): Promise<void> {
    if (this.#closed) return;
    await this.flush(deadline);
    this.#closed = true;
    this.#stopRequest?.();
    this.#agent?.destroy();
    clearTimeout(this.#timer);
    this.abandon();
  }

  abandon(): void {
    const lines = this.#queue.length;
    if (lines === 0) return;
    this.dropped += lines;
    this.#queue = [];
    this.#bytes = 0;
    const what = lines === 1 ? "1 line was" : `${lines} lines were`;
    this.#options.alert(`${what} not delivered to ${this.#url} before the end. Check that a collector listens there.`);
  }
}
