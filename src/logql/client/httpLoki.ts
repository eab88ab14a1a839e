import type { InstantQuery, LabelQuery, LogEntry, LogQuery, LokiApi, RangeQuery, Sample, Series } from "../api";
import { wellFormed } from "../builders/compose/escape";
import type { Scope } from "../builders/scope";
import type { LokiError } from "../errors";
import { AnswerError, entriesOf, samplesOf, seriesOf, valuesOf, versionOf } from "./answers";
import { type Asked, failureOf, refusalOf } from "./failures";
import { type Connection, connectionOf, type HttpLokiOptions } from "./options";
import type { FetchResponse, Platform } from "./platform";
import { redirectOf } from "./redirects";
import { retryAfterMs } from "./retryAfter";

/** Longer questions go as a form: servers and proxies refuse URLs of more than about 8,000 characters. */
const LONGEST_QUERY_STRING = 4000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

type Parameters = Readonly<Record<string, string>>;

interface Failure {
  readonly error: LokiError;
  /** How long the server asks to be left alone, ms. */
  readonly waitMs?: number | undefined;
}

/**
 * A Loki over HTTP. Questions that failed for lack of a connection, for a status of 5xx or 429 are asked again after a
 * pause that doubles, or after as long as the server asks for (`Retry-After`, 30 s at most); what Loki refuses, what took
 * too long, and redirects are not.
 *
 * @example
 * const loki = new HttpLoki(
 *   { url: "http://localhost:3100" },
 *   { fetch, sleep, random: Math.random, abortController: () => new AbortController() },
 * );
 * await loki.labelValues("agent_id", { start, end });
 */
export class HttpLoki implements LokiApi {
  readonly #connection: Connection;
  readonly #platform: Platform;

  /** @throws HttpLokiOptionsError, ScopeError */
  constructor(options: HttpLokiOptions, platform: Platform) {
    this.#connection = connectionOf(options);
    this.#platform = platform;
  }

  /** The matchers of the base selector: what builders and readers are given as `scope`. */
  get scope(): Scope {
    return this.#connection.scope;
  }

  /** Where it is, without credentials. */
  get url(): string {
    return this.#connection.base;
  }

  logs({ query, start, end, limit, direction }: LogQuery, signal?: AbortSignal): Promise<readonly LogEntry[]> {
    const parameters = { query, start: String(start), end: String(end), limit: String(limit), direction };
    return this.#ask("/query_range", parameters, signal, (answer) => entriesOf(answer, direction));
  }

  instant({ query, time }: InstantQuery, signal?: AbortSignal): Promise<readonly Sample[]> {
    return this.#ask("/query", { query, time: String(time) }, signal, samplesOf);
  }

  range({ query, start, end, stepMs }: RangeQuery, signal?: AbortSignal): Promise<readonly Series[]> {
    const parameters = { query, start: String(start), end: String(end), step: `${stepMs}ms` };
    return this.#ask("/query_range", parameters, signal, seriesOf);
  }

  labelValues(label: string, { start, end, query }: LabelQuery, signal?: AbortSignal): Promise<readonly string[]> {
    const parameters = { start: String(start), end: String(end), ...(query === undefined ? {} : { query }) };
    return this.#ask(`/label/${encodeURIComponent(wellFormed(label))}/values`, parameters, signal, valuesOf, "GET");
  }

  /** The version Loki says it has, "" when it says none. */
  version(signal?: AbortSignal): Promise<string> {
    return this.#ask("/status/buildinfo", {}, signal, versionOf, "GET");
  }

  async #ask<T>(
    path: string,
    parameters: Parameters,
    signal: AbortSignal | undefined,
    read: (answer: unknown) => T,
    method?: "GET",
  ): Promise<T> {
    const asked: Asked = { url: `${this.#connection.base}${path}`, query: parameters.query ?? "" };
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(asked, parameters, signal, method);
      if (typeof outcome === "string") return readAnswer(outcome, asked, read);
      const { error, waitMs = 0 } = outcome;
      const again = error.retriable && error.kind !== "timeout" && attempt < this.#connection.retries;
      if (!again) throw error;
      await this.#pause(attempt, waitMs, asked, signal);
    }
  }

  /** One request: the text of a success, or why there is none. */
  async #attempt(
    asked: Asked,
    parameters: Parameters,
    signal: AbortSignal | undefined,
    method: "GET" | undefined,
  ): Promise<string | Failure> {
    if (isAborted(signal)) return { error: aborted(asked) };
    const { fetch, sleep, abortController } = this.#platform;
    const { timeoutMs, headers } = this.#connection;
    const controller = abortController();
    const abort = (): void => controller.abort();
    signal?.addEventListener("abort", abort);
    const time = { out: false };
    const state = { answering: false };
    void sleep(timeoutMs, controller.signal).then(() => {
      if (controller.signal.aborted) return;
      time.out = true;
      controller.abort();
    }, ignoreAborted);
    try {
      const { url, init } = requestOf(asked.url, parameters, headers, method);
      const response = await fetch(url, { ...init, redirect: "manual", signal: controller.signal });
      const redirect = redirectOf(response, asked);
      if (redirect !== undefined) return { error: redirect };
      state.answering = true;
      const text = await response.text();
      if (isSuccess(response)) return text;
      return { error: refusalOf(response.status, text, asked), waitMs: retryAfterMs(response) };
    } catch (cause) {
      if (time.out) return { error: tooLate(timeoutMs, asked, cause) };
      if (isAborted(signal)) return { error: aborted(asked) };
      return { error: state.answering ? brokenOff(asked, cause) : noAnswer(asked, cause) };
    } finally {
      signal?.removeEventListener("abort", abort);
      // Ends the timer, so that it keeps no process alive; the answer has been read.
      controller.abort();
    }
  }

  async #pause(attempt: number, waitMs: number, asked: Asked, signal: AbortSignal | undefined): Promise<void> {
    const { sleep, random, abortController } = this.#platform;
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
    // Half of it by chance: clients that failed together do not come back together.
    const ms = longest / 2 + (random() * longest) / 2;
    await sleep(Math.max(ms, waitMs), signal ?? abortController().signal).catch(ignoreAborted);
    if (isAborted(signal)) throw aborted(asked);
  }
}

/** A sleep that was cut short may reject: whoever waits looks at the signal. */
function ignoreAborted(): undefined {
  return undefined;
}

/** A function, because the compiler takes a signal that was not aborted once for one that never will be. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function isSuccess({ status }: FetchResponse): boolean {
  return status >= 200 && status < 300;
}

/** The client's own limit: raising Loki's `query_timeout` would not help. */
function tooLate(timeoutMs: number, asked: Asked, cause: unknown): LokiError {
  const next = `${timeoutMs / 1000} s is this client's limit, not Loki's query_timeout: narrow the time range or the agents, or look whether Loki is overloaded`;
  return failureOf("timeout", `Loki gave no answer within ${timeoutMs} ms`, asked, cause, next);
}

function noAnswer(asked: Asked, cause: unknown): LokiError {
  return failureOf("unavailable", `Loki did not answer (${reasonOf(cause)})`, asked, cause);
}

function brokenOff(asked: Asked, cause: unknown): LokiError {
  const next = "ask again; if it stays so, look whether Loki restarts or a proxy before it ends long answers";
  return failureOf("unavailable", `Loki's answer broke off (${reasonOf(cause)})`, asked, cause, next);
}

function aborted(asked: Asked): LokiError {
  return failureOf("aborted", "The question was given up", asked);
}

/** `fetch` says "fetch failed" and puts the reason into its cause. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message || cause.message : cause.message;
}

function requestOf(
  url: string,
  parameters: Parameters,
  headers: Readonly<Record<string, string>>,
  method: "GET" | undefined,
) {
  const form = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`)
    .join("&");
  if (method === "GET" || form.length <= LONGEST_QUERY_STRING) {
    return { url: `${url}?${form}`, init: { method: "GET" as const, headers: { ...headers } } };
  }
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  return { url, init: { method: "POST" as const, headers: { ...headers, ...type }, body: form } };
}

function readAnswer<T>(text: string, asked: Asked, read: (answer: unknown) => T): T {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw failureOf("broken_answer", "Loki's answer is not JSON", asked, cause);
  }
  try {
    return read(answer);
  } catch (cause) {
    if (!(cause instanceof AnswerError)) throw cause;
    throw failureOf("broken_answer", `Loki's answer is not as expected (${cause.message})`, asked, cause);
  }
}
