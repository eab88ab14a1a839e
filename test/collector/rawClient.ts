import { connect, type Socket } from "node:net";

const PATIENCE_MS = 30_000;

/** A connection that sends what it is told, byte for byte. */
export class RawClient {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #received = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (data: string) => {
      this.#received += data;
    });
    // A server that has answered may end the connection while the rest is still on its way.
    socket.on("error", () => undefined);
    this.#closed = new Promise((resolve) => socket.once("close", () => resolve()));
  }

  static async to(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return new RawClient(socket);
  }

  /** Resolves when the bytes are sent, or the connection is gone. */
  async send(bytes: string | Uint8Array): Promise<boolean> {
    if (this.#socket.destroyed || !this.#socket.writable) return false;
    return new Promise((resolve) => {
      this.#socket.write(bytes, (error) => resolve(error === undefined || error === null));
    });
  }

  /** Goes away in the middle of whatever it was sending. */
  abort(): void {
    this.#socket.resetAndDestroy();
  }

  /** The status of each answer so far. */
  get statuses(): readonly number[] {
    return [...this.#received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }

  /** @throws Error when the server does not end the connection in time */
  async closed(): Promise<readonly number[]> {
    const timer = setTimeout(() => this.#socket.destroy(new Error("the server keeps the connection")), PATIENCE_MS);
    await this.#closed;
    clearTimeout(timer);
    return this.statuses;
  }

  /** Waits for that many answers. */
  async answers(count: number): Promise<readonly number[]> {
    const deadline = performance.now() + PATIENCE_MS;
    while (this.statuses.length < count && !this.#socket.destroyed) {
      if (performance.now() > deadline) throw new Error(`no answer: ${JSON.stringify(this.#received)}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return this.statuses;
  }
}

/** The head of a POST to the traces of a collector. */
export function headOf(headers: Readonly<Record<string, string | number>>, path = "/v1/traces"): string {
  const lines = Object.entries({ Host: "127.0.0.1", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** One chunk of a chunked body. */
export const chunkOf = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
