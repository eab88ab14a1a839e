import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** A server that listens. */
export interface Served {
  /** Such as `http://127.0.0.1:3100`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, and ends connections once their answers are sent. */
  close(): Promise<void>;
}

export interface Address {
  /** Only this machine reaches the default, 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** Loki's own limits: what a client sends must be there within 30 s, its head within 10 s. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longest line of a request and its headers: a query is part of it. */
const MAX_HEADER_BYTES = 256 * 1024;
/** More than this many connections at once are refused. */
const MAX_CONNECTIONS = 512;

/** How long requests under way may take to end once the server closes. */
const CLOSING_MS = 3000;

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Answers HTTP on an address, with limits against slow and many clients.
 *
 * @throws Error when the address cannot be listened on
 */
export async function listen(
  answer: (request: Request) => Response | Promise<Response>,
  { host = "127.0.0.1", port }: Address,
): Promise<Served> {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS, maxHeaderSize: MAX_HEADER_BYTES },
    getRequestListener(answer, { overrideGlobalObjects: false }),
  );
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(new Error(`cannot listen on ${host}:${port}: ${error.message}; choose another address`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  let closed: Promise<void> | undefined;
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () => {
      closed ??= stop(server);
      return closed;
    },
  };
}
