import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { Requests } from "./requests";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Requests to a server that answers like this. */
async function to(answer: RequestListener, timeoutMs = 5000): Promise<Requests> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return new Requests({ url: `http://127.0.0.1:${address.port}/push`, headers: { "x-key": "k" }, timeoutMs });
}
const body = Buffer.from("lines");

it("posts the body with its headers", async () => {
  const seen: unknown[] = [];
  const requests = await to((request, response) => {
    seen.push(request.method, request.url, request.headers["x-key"], request.headers["content-length"]);
    request.on("data", (chunk: Buffer) => seen.push(chunk.toString())).on("end", () => response.writeHead(204).end());
  });
  expect(await requests.post(body)).toEqual({ status: 204, retryAfter: undefined, text: "" });
  expect(seen).toEqual(["POST", "/push", "k", "5", "lines"]);
  requests.end();
});

it("does not wait for the rest of an answer that takes the body", async () => {
  const requests = await to((_request, response) => void response.writeHead(200).write("{"));
  expect((await requests.post(body)).status).toBe(200);
  requests.end();
});

it("gives the text of a refusal on one line, cut, also when it breaks off", async () => {
  const requests = await to((_request, response) => {
    response
      .writeHead(400, { "retry-after": "7" })
      .write(` first\n  second ${"x".repeat(9000)}`, () => response.destroy());
  });
  const answer = await requests.post(body);
  expect(answer).toMatchObject({ status: 400, retryAfter: "7" });
  expect(answer.text).toMatch(/^first second x+$/);
  expect(answer.text.length).toBeLessThanOrEqual(500);
  requests.end();
});

it("gives up an answer that does not come in time", async () => {
  const requests = await to(() => undefined, 100);
  await expect(requests.post(body)).rejects.toThrow("no answer in time");
  requests.end();
});

it("lets a request go on that reached the server, until it is ended", async () => {
  let reached = (): void => undefined;
  const isThere = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const requests = await to(() => reached());
  const posted = requests.post(body).catch((error: unknown) => error);
  await isThere;
  requests.stopConnecting();
  expect(await Promise.race([posted, new Promise((resolve) => setImmediate(() => resolve("goes on")))])).toBe(
    "goes on",
  );
  requests.end();
  expect(await posted).toMatchObject({ message: "given up" });
  await expect(requests.post(body)).rejects.toThrow("given up");
});
