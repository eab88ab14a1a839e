import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

interface Push {
  readonly streams: readonly {
    readonly stream: Readonly<Record<string, string>>;
    readonly values: readonly (readonly [time: string, line: string])[];
  }[];
}

/** Stands in for Loki: prints each line that is pushed to it. */
export async function startLokiServer() {
  const streams = new Set<string>();
  async function take(request: IncomingMessage): Promise<void> {
    let body = "";
    for await (const piece of request) body += String(piece);
    const push: Push = JSON.parse(body);
    for (const { stream, values } of push.streams) {
      streams.add(JSON.stringify(stream));
      for (const [, line] of values) console.log(line);
    }
  }
  const server = createServer((request, response) => void take(request).then(() => response.writeHead(204).end()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** The labels of what came, as JSON. */
    streams,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
