import { createServer, type IncomingMessage, type Server } from "node:http";
import { gunzipSync } from "node:zlib";

export interface Received {
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A Loki that answers as it is told. */
export class FakeLoki {
  readonly received: Received[] = [];
  /** Told of every request once its body is there. */
  onRequest: () => void = () => undefined;
  /** Answers to come, "hang" for none; then 204. */
  readonly answers: (number | "hang")[] = [];
  text = "";
  retryAfter: string | undefined;
  #port = 0;
  #server: Server | undefined;

  /** @returns its base URL, the same after `close` */
  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { url, headers } = request;
        this.received.push({ url, headers, body: textOf(headers, Buffer.concat(chunks)) });
        this.onRequest();
        const answer = this.answers.shift() ?? 204;
        if (answer === "hang") return;
        if (this.retryAfter !== undefined) response.setHeader("retry-after", this.retryAfter);
        response.writeHead(answer).end(answer === 204 ? undefined : this.text);
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    const address = server.address();
    this.#port = typeof address === "object" && address !== null ? address.port : 0;
    return `http://127.0.0.1:${this.#port}`;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** The lines of all requests, whatever they were answered. */
  get lines(): string[] {
    return this.received.flatMap(({ body }) => linesOf(body));
  }
}

function textOf(headers: IncomingMessage["headers"], body: Buffer): string {
  return (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
}

export interface PushedStream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [string, string, Readonly<Record<string, string>>?])[];
}

/** The streams of a push. */
export const streamsOf = (body: string): PushedStream[] => JSON.parse(body).streams;
const linesOf = (body: string): string[] => streamsOf(body).flatMap(({ values }) => values.map(([, line]) => line));
