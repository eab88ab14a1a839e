import { type Context, Hono } from "hono";
import { QueryError } from "../engine";
import { messageOf, type Store, StoreError } from "../storage";
import { readBody } from "./body";
import { HttpError } from "./httpError";
import { Params } from "./params";
import { parsePush, refusalsText } from "./push";
import { type QueryEngine, queryRoutes } from "./queries";
import { RefusedPushes } from "./refusedPushes";

export interface AppOptions {
  readonly store: Store;
  readonly engine: QueryEngine;
  /** Wall clock, ms since the epoch. */
  readonly clock: () => number;
  /** Told what went wrong within the server. */
  readonly report: (message: string) => void;
  /** No body may be larger, as it is sent or unpacked. */
  readonly maxBodyBytes?: number;
  /** What else the server answers, such as a page. */
  readonly extend?: ((app: Hono) => void) | undefined;
}

const API = "/loki/api/v1";

/**
 * Of Loki, for clients that look at what they may ask: this store follows the behaviour of that version. `branch` and
 * `revision` tell it from a Loki.
 */
const BUILD_INFO = {
  version: "3.7.8",
  revision: "embedded",
  branch: "dunetrace",
  buildUser: "",
  buildDate: "",
  goVersion: "",
};

const PATHS = [
  `POST ${API}/push`,
  `${API}/query`,
  `${API}/query_range`,
  `${API}/labels`,
  `${API}/label/<name>/values`,
  `${API}/series`,
  `${API}/index/stats`,
  `${API}/status/buildinfo`,
  "/ready",
];

/** The HTTP interface of a Loki, as far as the product asks for it. Errors are plain text with Loki's status. */
export function lokiApp(options: AppOptions): Hono {
  const { store, engine } = options;
  const app = new Hono();
  const refused = new RefusedPushes(options.report);
  options.extend?.(app);
  app.get("/ready", (c) => c.text("ready\n"));
  app.get(`${API}/status/buildinfo`, (c) => c.json(BUILD_INFO));
  app.post(`${API}/push`, (c) => push(c, options, refused));
  for (const [path, answer] of queryRoutes(store, engine)) {
    app.on(["GET", "POST"], `${API}${path}`, async (c) => {
      const body = answer(await paramsOf(c, options), c.req.raw);
      return c.body(JSON.stringify(body), 200, { "Content-Type": "application/json; charset=UTF-8" });
    });
  }
  app.notFound((c) => {
    const known = PATHS.join(", ");
    return c.text(`404 page not found: ${c.req.method} ${c.req.path}; this store answers ${known}\n`, 404);
  });
  app.onError((error, c) => {
    const { status, text } = failureOf(error);
    if (error instanceof StoreError && c.req.path === `${API}/push`) refused.refused(error);
    else if (status >= 500) options.report(`${c.req.method} ${c.req.path}: ${text}`);
    // Loki ends the answer to a push with a newline, and that to a query without.
    return new Response(c.req.path === `${API}/push` ? `${text}\n` : text, { status, headers: TEXT });
  });
  return app;
}

const TEXT = { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" };

function failureOf(error: unknown): { status: number; text: string } {
  if (error instanceof HttpError) return { status: error.status, text: error.message };
  if (error instanceof QueryError) return { status: error.status, text: error.text };
  // A full store takes lines again when its newest hour has passed: the pusher may try again.
  if (error instanceof StoreError) return { status: error.kind === "full" ? 429 : 500, text: error.message };
  return { status: 500, text: `internal error: ${messageOf(error)}` };
}

async function push(c: Context, { store, maxBodyBytes }: AppOptions, refused: RefusedPushes): Promise<Response> {
  const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json") {
    throw new HttpError(
      400,
      `this store takes pushes as JSON only, with "Content-Type: application/json", and this one says ${type === "" ? "nothing" : type}; Promtail and Alloy push protobuf: run a Loki for them, or read their log files with the dunetrace command`,
    );
  }
  const bytes = await readBody(c.req.raw, maxBodyBytes);
  const { stored, refusals } = store.push(parsePush(bytes.toString()));
  if (stored > 0) refused.stored();
  if (refusals.length === 0) return c.body(null, 204);
  const status = refusals.every((refusal) => refusal.status === 429) ? 429 : 400;
  throw new HttpError(status, refusalsText(refusals));
}

/** Parameters are read from the address, and from the form of a POST. */
async function paramsOf(c: Context, { clock, maxBodyBytes }: AppOptions): Promise<Params> {
  const values = new URL(c.req.url).searchParams;
  if (c.req.method === "POST") {
    const form = new URLSearchParams((await readBody(c.req.raw, maxBodyBytes)).toString());
    for (const [name, value] of form) values.append(name, value);
  }
  return new Params(values, BigInt(Math.trunc(clock())) * 1_000_000n);
}
