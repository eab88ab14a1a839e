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

/** Answers a request; `client` is the address it comes from. */
export type Answer = (request: Request, from: { readonly client: string }) => Response | Promise<Response>;

/** How long a client may take to send a request, and its head, ms. */
export interface Deadlines {
  readonly requestMs: number;
  readonly headMs: number;
}

/** Loki's own limits. */
const DEADLINES: Deadlines = { requestMs: 30_000, headMs: 10_000 };
/** How late a deadline may be noticed, as a part of the shortest one. */
const LATE = 0.25;
/** An idle connection is kept for so long: exporters send every 5 s, and one that ends just then loses a request. */
const IDLE_MS = 15_000;
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
  answer: Answer,
  { host = "127.0.0.1", port }: Address,
  { requestMs, headMs }: Deadlines = DEADLINES,
): Promise<Served> {
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: headMs,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: Math.min(requestMs, headMs) * LATE,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    getRequestListener((request, { incoming }) => answer(request, { client: incoming.socket.remoteAddress ?? "" }), {
      overrideGlobalObjects: false,
    }),
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
