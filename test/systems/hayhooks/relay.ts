import { createServer, type Server } from "node:http";

/** A request as it came. */
export interface Received {
  readonly path: string;
  readonly type: string | undefined;
  readonly encoding: string | undefined;
  readonly body: Buffer<ArrayBuffer>;
}

/** Takes requests, keeps them byte for byte, and answers for itself or as the next server does. */
export class Relay {
  readonly received: Received[] = [];
  readonly #server: Server;
  #port = 0;

  /** @param next gives the base URL of the server that answers; without it all is answered with 200 */
  constructor(next?: () => string) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", async () => {
        const { "content-type": type, "content-encoding": encoding } = request.headers;
        const body = Buffer.concat(chunks);
        this.received.push({ path: request.url ?? "", type, encoding, body });
        const headers = { ...(type && { "content-type": type }), ...(encoding && { "content-encoding": encoding }) };
        const answer =
          next === undefined
            ? undefined
            : await fetch(`${next()}${request.url}`, { method: "POST", headers, body }).catch(() => ({ status: 502 }));
        response.writeHead(answer?.status ?? 200, { "content-type": "application/x-protobuf" }).end();
      });
    });
  }

  /** Listens, again on the same port when it did before. */
  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the relay has no address");
    this.#port = address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
