import { once } from "node:events";
import { createServer } from "node:http";

/** An order that is packed and never sent, on a free port of loopback. */
export async function startOrderService() {
  const server = createServer((request, response) => {
    request.resume();
    const body = request.url?.startsWith("/orders") === true ? '{"state":"packed"}' : '{"days":3}';
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the order service has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
