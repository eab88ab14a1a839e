import { outsideRuns } from "../context";
import { errorText } from "../errors";
import { LineQueue } from "./lineQueue";
import type { Answer, Requests } from "./requests";
import type { Sink, Tell } from "./sink";

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;
/** The longest pause that a Retry-After header is granted, ms. */
const MAX_RETRY_AFTER_MS = 300_000;
/** Somebody waits for a flush: a failed try is repeated after this long, ms, unless the server asked for a pause. */
const FLUSH_RETRY_MS = 200;

/** What a sink needs from outside. */
export interface Surroundings {
  /** Told what only the user can put right: a wrong address or key, or what was refused. */
  readonly alert: (message: string) => void;
  readonly tell: Tell;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** Where lines go, and in which form. */
export interface Server {
  /** Names the output: `endpoint http://…`. */
  readonly name: string;
  readonly requests: Pick<Requests, "post" | "stopConnecting" | "end">;
  /** Lines wait this long for others to go with them, ms. */
  readonly gatherMs: number;
  /** What one request carries, bytes of lines. */
  readonly batchBytes: number;
  /** What may wait; lines beyond it are dropped. */
  readonly maxQueueBytes: number;
  /** The body of a request; `taken` is how many of the lines are in it. */
  encode(lines: readonly string[]): Promise<{ readonly body: Buffer; readonly taken: number }>;
  /** What to tell the user about an answer that refuses the lines for good. */
  refusal(answer: Answer): string;
  /** What to check when lines are left at the end, as a sentence. */
  readonly advice: string;
}

/** Milliseconds a Retry-After header asks for: seconds or a date. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return ms >= 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : undefined;
}

/** Resolves after some ms, which keep no process alive. */
function pause(ms: number): { readonly over: Promise<void>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.ceil(ms)).unref();
  });
  return { over, stop: () => clearTimeout(timer) };
}

/**
 * Posts lines to a server, in batches and one request at a time, so that they keep their order. After 429, 5xx and without
 * a network, lines wait within their bound and are sent again with back-off. When the queue is full, new lines are
 * dropped, those that wait are kept. What the server refuses is dropped and counted.
 */
export class PostingSink implements Sink {
  readonly name: string;
  dropped = 0;
  /** Lines in requests that the server took. */
  sent = 0;
  /** Requests that failed and were, or will be, sent again. */
  retried = 0;
  readonly #server: Server;
  readonly #around: Surroundings;
  readonly #queue: LineQueue;
  #batchBytes: number;
  /** Tries that failed since the last answer. */
  #failures = 0;
  /** Time of `performance.now()` before which the server wants no request. */
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #closed = false;
  readonly #told = new Set<number>();

  constructor(server: Server, around: Surroundings) {
    this.#server = server;
    this.#around = around;
    this.#queue = new LineQueue(server.maxQueueBytes);
    this.#batchBytes = server.batchBytes;
    this.name = server.name;
  }

  get waiting(): boolean {
    return this.#queue.length > 0;
  }

  write(line: string): boolean {
    if (this.#closed || !this.#queue.add(line)) {
      this.dropped++;
      this.#around.tell(`${this.name} full`, `${this.name} takes lines too slowly: new ones are dropped and counted`);
      return false;
    }
    if (this.#sending !== undefined) return true;
    if (this.#timer === undefined) this.#sendAfter(this.#server.gatherMs);
    else if (this.#failures === 0 && this.#queue.bytes >= this.#batchBytes) this.#sendNow();
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
      const lines = this.#queue.first(this.#batchBytes);
      const { body, taken } = await this.#server.encode(lines);
      const answer = taken === 0 || this.#closed ? undefined : await this.#post(body);
      if (this.#closed || answer === "again") return;
      if (answer?.status === 413 && lines.length > 1) {
        // Never below one line; the lines go again in smaller requests.
        this.#batchBytes = Math.ceil(this.#batchBytes / 2);
        continue;
      }
      const isTaken = answer !== undefined && answer.status >= 200 && answer.status < 300;
      if (answer !== undefined && !isTaken) this.#tellRefused(answer);
      if (isTaken) this.sent += taken;
      this.dropped += isTaken ? lines.length - taken : lines.length;
      this.#queue.remove(lines.length);
    }
  }

  /** @returns the server's last word, or `again` when the lines have to be sent later */
  async #post(body: Buffer): Promise<Answer | "again"> {
    try {
      const answer = await this.#server.requests.post(body);
      const { status } = answer;
      if (status !== 429 && status !== 408 && status < 500) {
        this.#failures = 0;
        return answer;
      }
      const what = `${this.name} answers ${status}: lines wait and are sent again`;
      if (status >= 500) this.#around.alert(`${what}.`);
      else this.#around.tell(`${this.name} ${status}`, what);
      return this.#later(retryAfter(answer.retryAfter));
    } catch (error) {
      const message = `${this.name} cannot be reached (${errorText(error)}): lines wait`;
      this.#around.tell(`${this.name} unreachable`, message);
      return this.#later(undefined);
    }
  }

  #later(askedMs: number | undefined): "again" {
    this.retried++;
    const backOff = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, MAX_RETRY_MS);
    this.#notBefore = askedMs === undefined ? 0 : performance.now() + askedMs;
    // Half of it is random, so that many agents do not come back at once.
    const random = (this.#around.random ?? Math.random)();
    if (!this.#closed) this.#sendAfter(askedMs ?? backOff * (0.5 + random / 2));
    return "again";
  }

  /** Once per status: texts differ by times and counts. */
  #tellRefused(answer: Answer): void {
    if (this.#told.has(answer.status)) return;
    this.#told.add(answer.status);
    this.#around.alert(`${this.name} answers ${answer.status}: ${this.#server.refusal(answer)}`);
  }

  flushSync(): void {
    // Nothing can be sent without the event loop.
  }

  /**
   * A pause that the server asked for is kept when it ends before the deadline; else one try is made in spite of it. A
   * request that reached the server goes on after the deadline, for its lines may be taken yet; nothing waits for it.
   */
  async flush(deadline: number): Promise<void> {
    const left = (): number => Math.max(deadline - performance.now(), 0);
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#server.requests.stopConnecting();
        resolve();
      }, left());
    });
    const wait = async (ms: number): Promise<void> => {
      const { over, stop } = pause(ms);
      await Promise.race([over, timeUp]);
      stop();
    };
    let isLastTry = false;
    while (this.#queue.length > 0 && left() > 0 && !isLastTry) {
      const asked = this.#notBefore - performance.now();
      if (asked > 0 && asked < left()) await wait(asked);
      else isLastTry = asked > 0;
      const before = this.#failures;
      this.#sendNow();
      await Promise.race([this.#sending, timeUp]);
      if (this.#failures > before && left() > 0 && !isLastTry) await wait(FLUSH_RETRY_MS);
    }
    clearTimeout(timer);
  }

  async close(deadline: number): Promise<void> {
    if (this.#closed) return;
    await this.flush(deadline);
    this.#closed = true;
    this.#server.requests.end();
    clearTimeout(this.#timer);
    this.abandon();
  }

  abandon(): void {
    const lines = this.#queue.length;
    if (lines === 0) return;
    this.dropped += lines;
    this.#queue.remove(lines);
    const what = lines === 1 ? "1 line was" : `${lines} lines were`;
    this.#around.alert(`${what} not delivered to ${this.name} before the end. ${this.#server.advice}`);
  }
}
