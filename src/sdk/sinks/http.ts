import { outsideRuns } from "../context";
import { errorText } from "../errors";
import type { Sink, Tell } from "./sink";

/** Lines wait this long for others to go with them, ms. */
const GATHER_MS = 200;
/** What one request carries: the collector takes far more. */
const BATCH_BYTES = 262_144;
const REQUEST_TIMEOUT_MS = 10_000;
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
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return ms >= 0 ? Math.min(ms, MAX_RETRY_MS) : undefined;
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
  #request: AbortController | undefined;
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
    this.#request = new AbortController();
    const headers: Record<string, string> = { "content-type": "application/x-ndjson" };
    if (this.#options.apiKey !== undefined) headers.authorization = `Bearer ${this.#options.apiKey}`;
    try {
      const signal = AbortSignal.any([this.#request.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      const response = await fetch(this.#url, { method: "POST", headers, body, signal, redirect: "error" });
      await response.body?.cancel();
      return this.#outcomeOf(response);
    } catch (error) {
      this.#options.tell(`${this.name} unreachable`, `${this.name} cannot be reached (${reasonOf(error)}): lines wait`);
      return { kind: "retry", afterMs: undefined };
    }
  }

  #outcomeOf({ ok, status, headers }: Response): Outcome {
    if (ok) return { kind: "delivered" };
    if (status === 429 || status === 408 || status >= 500) {
      this.#options.tell(`${this.name} ${status}`, `${this.name} answers ${status}: lines wait and are sent again`);
      return { kind: "retry", afterMs: retryAfter(headers.get("retry-after")) };
    }
    if (status === 413) return { kind: "tooLarge" };
    const todo =
      status === 401 || status === 403
        ? "check apiKey"
        : status === 404 || status === 405
          ? "check endpoint: it must be the base URL of a collector"
          : "the lines were not accepted";
    this.#options.alert(`${this.#url} answers ${status}: ${todo}. These lines are dropped and counted.`);
    return { kind: "refused" };
  }

  flushSync(): void {
    // Nothing can be sent without the event loop.
  }

  async flush(deadline: number): Promise<void> {
    while (this.#queue.length > 0 && performance.now() < deadline) {
      const before = this.#failures;
      this.#sendNow();
      await this.#sending;
      // A try that failed is not repeated at once, but sooner than the back-off says: somebody waits for this flush.
      if (this.#failures > before) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
  }

  async close(deadline: number): Promise<void> {
    if (this.#closed) return;
    const timeUp = setTimeout(() => this.#request?.abort(), Math.max(deadline - performance.now(), 0));
    await this.flush(deadline);
    clearTimeout(timeUp);
    this.#closed = true;
    clearTimeout(this.#timer);
    this.dropped += this.#queue.length;
    this.#queue = [];
    this.#bytes = 0;
  }
}

/** The cause of a failed fetch says more than its message ("fetch failed"). */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? errorText(error.cause) : errorText(error);
}
