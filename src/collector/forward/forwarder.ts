import { count } from "../counters";

/** The part of `fetch` that is used. */
export type Send = (
  url: string,
  init: { method: "POST"; headers: Record<string, string>; body: Buffer<ArrayBuffer>; signal: AbortSignal },
) => Promise<{ readonly status: number; readonly body?: { cancel(): Promise<void> } | null }>;

export interface ForwardOptions {
  /** Base URL; requests go to `{url}/v1/traces`. */
  readonly url: string;
  readonly send: Send;
  /** Waits between attempts, ms. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Bytes that may wait; requests beyond are dropped and counted. Default: 32 MiB. */
  readonly maxQueueBytes?: number | undefined;
  /** The longest to wait for an answer, ms. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
}

interface Waiting {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly headers: Record<string, string>;
}

const MAX_QUEUE_BYTES = 32 * 1024 * 1024;
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 500;

/**
 * Passes requests on as they came, byte for byte, one after the other, without holding up their senders. What the other
 * side refuses for good is dropped; while it is away or asks to wait a request is tried five times.
 */
export class Forwarder {
  /** By result: `forwarded`, `refused`, `failed`, `dropped`. */
  readonly counts = new Map<string, number>();
  readonly #options: ForwardOptions;
  readonly #url: string;
  readonly #queue: Waiting[] = [];
  readonly #abort = new AbortController();
  #bytes = 0;
  #working: Promise<void> | undefined;

  constructor(options: ForwardOptions) {
    this.#options = options;
    // An endpoint is often given with its path, as exporters have it.
    this.#url = `${options.url.replace(/\/+$/, "").replace(/\/v1\/traces$/, "")}/v1/traces`;
  }

  /** Takes a request to be passed on. */
  take(bytes: Uint8Array, { type, encoding }: { readonly type: string; readonly encoding: string }): void {
    if (this.#bytes + bytes.length > (this.#options.maxQueueBytes ?? MAX_QUEUE_BYTES)) {
      count(this.counts, "dropped");
      return;
    }
    this.#bytes += bytes.length;
    const headers = { "Content-Type": type, ...(encoding === "" ? {} : { "Content-Encoding": encoding }) };
    this.#queue.push({ bytes: Buffer.from(bytes), headers });
    this.#working ??= this.#work();
  }

  /** Resolves when all is passed on, or after `timeoutMs`; what waits then is dropped. */
  async close(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => this.#abort.abort(), timeoutMs);
    await this.#working;
    clearTimeout(timer);
  }

  async #work(): Promise<void> {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      count(this.counts, this.#abort.signal.aborted ? "dropped" : await this.#deliver(next));
      this.#bytes -= next.bytes.length;
    }
    this.#working = undefined;
  }

  async #deliver({ bytes: body, headers }: Waiting): Promise<"forwarded" | "refused" | "failed"> {
    const { send, sleep, timeoutMs = 10_000 } = this.#options;
    const { signal } = this.#abort;
    for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
      if (attempt > 0) await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1), signal);
      const status = await send(this.#url, {
        method: "POST",
        headers,
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      }).then(
        async (answer) => {
          await answer.body?.cancel();
          return answer.status;
        },
        // No connection, or no answer in time: the other side is away.
        () => 503,
      );
      if (status < 300) return "forwarded";
      if (status !== 429 && status < 500) return "refused";
    }
    return "failed";
  }
}
