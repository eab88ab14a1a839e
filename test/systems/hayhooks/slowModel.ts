import { createServer, type Server, type ServerResponse } from "node:http";
import { chatEvents } from "../../../src/integrations/models/testing/openaiReplies";

/** A model that streams its first words at once, and the rest when it is told to, or after a time. */
export class SlowModel {
  readonly #server: Server;
  readonly #waiting: { readonly response: ServerResponse; sent: number }[] = [];
  #url = "";

  private constructor(takesMs: number | undefined) {
    this.#server = createServer((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(textOf(0, 3));
        this.#waiting.push({ response, sent: 3 });
        if (takesMs !== undefined) setTimeout(() => this.finish(), takesMs);
      });
    });
  }

  static async start(takesMs?: number): Promise<SlowModel> {
    const model = new SlowModel(takesMs);
    await new Promise<void>((resolve) => model.#server.listen(0, "127.0.0.1", resolve));
    const address = model.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the slow model has no address");
    model.#url = `http://127.0.0.1:${address.port}`;
    return model;
  }

  /** Base URL for a client of OpenAI. */
  get url(): string {
    return this.#url;
  }

  /** Says one more word to all that wait. */
  goOn(): void {
    for (const waiting of this.#waiting) waiting.response.write(textOf(waiting.sent, ++waiting.sent));
  }

  /** Says the rest. */
  finish(): void {
    for (const { response, sent } of this.#waiting.splice(0)) response.end(textOf(sent));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function textOf(from: number, to?: number): string {
  const words = Array.from({ length: 6 }, (_, at) => `CANARY-${at} `);
  const events = chatEvents(words, false).slice(from, to);
  return events.map(({ data }) => `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`).join("");
}
