import type { Agent, IncomingMessage } from "node:http";

/** A connection that is being made keeps the process alive, so it may not take long, ms. */
const CONNECT_TIMEOUT_MS = 1000;
/** So much of an answer's text is read, UTF-16 code units. */
const TEXT_LENGTH = 500;

/** What a server answered. */
export interface Answer {
  readonly status: number;
  /** The header Retry-After. */
  readonly retryAfter: string | undefined;
  /** What it said when it did not take the request, cut, on one line. */
  readonly text: string;
}

export interface RequestsOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The longest to wait for an answer, ms. */
  readonly timeoutMs: number;
}

/** Resolves as soon as the status is all that matters: the rest of the response is read only to use the connection again. */
function answerOf(response: IncomingMessage, resolve: (answer: Answer) => void): void {
  const { statusCode: status = 0, headers } = response;
  const answer = (text: string): void =>
    resolve({ status, retryAfter: headers["retry-after"], text: text.trim().replace(/\s+/g, " ") });
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    if (text.length < TEXT_LENGTH) text = (text + chunk).slice(0, TEXT_LENGTH);
  });
  if (status >= 200 && status < 300) answer("");
  // A text that breaks off still has its status.
  response.on("error", () => answer(text)).on("close", () => answer(text));
}

/**
 * Posts bodies to one address. Only making a connection keeps the process alive, not waiting for an answer: that is why
 * this is no `fetch`, whose requests do until they are answered.
 */
export class Requests {
  readonly #options: RequestsOptions;
  readonly #url: URL;
  #agent: Agent | undefined;
  #stop: (() => void) | undefined;
  #isConnecting = false;
  #ended = false;

  constructor(options: RequestsOptions) {
    this.#options = options;
    this.#url = new URL(options.url);
  }

  /** @throws Error when there is no answer in time, or no connection */
  async post(body: Buffer): Promise<Answer> {
    const { Agent, request } = this.#url.protocol === "https:" ? await import("node:https") : await import("node:http");
    if (this.#ended) throw new Error("given up");
    this.#agent ??= new Agent({ keepAlive: true });
    const headers = { ...this.#options.headers, "content-length": body.length };
    const timers: NodeJS.Timeout[] = [];
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const sent = request(this.#url, { method: "POST", agent: this.#agent, headers }, (response) =>
          answerOf(response, resolve),
        );
        const stopAfter = (ms: number, why: string): NodeJS.Timeout => {
          const timer = setTimeout(() => sent.destroy(new Error(why)), ms).unref();
          timers.push(timer);
          return timer;
        };
        stopAfter(this.#options.timeoutMs, "no answer in time");
        const connecting = stopAfter(CONNECT_TIMEOUT_MS, "no connection in time");
        this.#isConnecting = true;
        this.#stop = () => void sent.destroy(new Error("given up"));
        sent.on("error", reject).on("socket", (socket) => {
          const connected = (): void => {
            clearTimeout(connecting);
            this.#isConnecting = false;
            socket.unref();
          };
          if (socket.connecting) socket.once("connect", connected);
          else connected();
        });
        sent.end(body);
      });
    } finally {
      for (const timer of timers) clearTimeout(timer);
      this.#stop = undefined;
      this.#isConnecting = false;
    }
  }

  /** Gives up the request under way unless it reached the server: then its body may be taken yet. */
  stopConnecting(): void {
    if (this.#isConnecting) this.#stop?.();
  }

  /** Gives up the request under way and lets go of the connection; later ones fail. */
  end(): void {
    this.#ended = true;
    this.#stop?.();
    this.#agent?.destroy();
  }
}
