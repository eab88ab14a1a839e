import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";

/** One answer of the server. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as server-sent events: the data of each, with the event's name where there is one. */
  readonly events?: readonly { readonly event?: string; readonly data: unknown }[];
  /** After the events: end well (default), drop the connection, or leave it open until the client goes. */
  readonly ending?: "end" | "drop" | "hang";
}

export interface Asked {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** A model server on loopback that gives the answers it is told to, in order. */
export class FakeModels {
  readonly asked: Asked[] = [];
  readonly #replies: Reply[] = [];
  /** Of base URLs of their own, by the first segment of their path. */
  readonly #below = new Map<string, Reply[]>();
  readonly #server: Server;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      request.on("end", () => {
        const body: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
        this.asked.push({ path: request.url, headers: request.headers, body });
        const [, segment = ""] = request.url?.split("/") ?? [];
        const reply = (this.#below.get(segment) ?? this.#replies).shift();
        if (reply === undefined) response.writeHead(599).end(`no answer is left for ${request.url}`);
        else void give(reply, response);
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the fake model server has no address");
    this.#port = address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Answers to come; what earlier ones were left over is forgotten. */
  answer(...replies: readonly Reply[]): void {
    this.#replies.splice(0, this.#replies.length, ...replies);
  }

  /**
   * Answers to come to those who ask below a base URL of their own, so that several programs can be at it at a time.
   *
   * @param segment such as `loop`
   * @returns the base URL, such as `http://127.0.0.1:4711/loop`
   */
  answerBelow(segment: string, ...replies: readonly Reply[]): string {
    this.#below.set(segment, [...replies]);
    return `${this.url}/${segment}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function give(reply: Reply, response: ServerResponse): Promise<void> {
  const { status = 200, headers = {}, json, events, ending = "end" } = reply;
  if (events === undefined) {
    response.writeHead(status, { "content-type": "application/json", "x-request-id": "req_1", ...headers });
    response.end(JSON.stringify(json));
    return;
  }
  response.writeHead(status, { "content-type": "text/event-stream", "x-request-id": "req_1", ...headers });
  for (const { event, data } of events) {
    const name = event === undefined ? "" : `event: ${event}\n`;
    const text = typeof data === "string" ? data : JSON.stringify(data);
    response.write(`${name}data: ${text}\n\n`);
    // Pieces arrive one by one, as those of a model do.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (ending === "end") response.end();
  if (ending === "drop") response.destroy();
}
