import { type Context, Hono } from "hono";
import { matchedRoutes } from "hono/route";
import { isLoopback, sameSite } from "../../server/sameSite";
import type { Collector } from "../collector";
import { count } from "../counters";
import { takeEvents } from "../events/route";
import { NO_POLICIES, type PolicySource } from "../python/policies";
import { pythonRoutes } from "../python/routes";
import { type RestOptions, restRoutes } from "../rest/routes";
import { KeyCheck, withKey } from "./auth";
import { Limits, limited } from "./limits";
import { type MetricsSources, metricsText } from "./metrics";
import { notTaken, type OnAccepted, takeTraces } from "./traces";

export interface AppOptions extends MetricsSources {
  readonly collector: Collector;
  readonly apiKey?: string | undefined;
  /** Where it listens. */
  readonly host: string;
  /** 64 MiB by default. */
  readonly maxBodyBytes?: number | undefined;
  /** Of one address; 1,000 by default. */
  readonly requestsPerSecond?: number | undefined;
  /** Time that only goes forward, ms. */
  readonly time?: (() => number) | undefined;
  readonly onAccepted?: OnAccepted | undefined;
  /** Told what went wrong within the server. */
  readonly report: (message: string) => void;
  readonly policies?: PolicySource | undefined;
  /** What scripts ask; without it they are told how to have it. */
  readonly rest?: RestOptions | undefined;
}

/** Answers the paths of the collector, on a port of its own or beside others. */
export type RouteOptions = Omit<AppOptions, "host" | "report">;

/**
 * The routes below `/v1`, and what counts and guards them. Where others share the port, they are left alone.
 *
 * @param guarded paths that ask for the key and are bounded in how often one client asks
 * @throws OpenBindError when others than this machine could send to it without a key
 */
export function collectorRoutes(app: Hono, options: RouteOptions, host: string, guarded: readonly string[]): void {
  const { collector, apiKey, onAccepted, policies = NO_POLICIES, maxBodyBytes: maxBytes = MAX_BODY_BYTES } = options;
  if (apiKey === undefined && !isLoopback(host)) {
    throw new OpenBindError(
      `Without a key only this machine may send: listen on 127.0.0.1, or set DUNETRACE_COLLECTOR_KEY for ${host}`,
    );
  }
  const limits = new Limits(options);
  const key = new KeyCheck(apiKey, limits);
  for (const path of guarded) app.use(path, limited(limits), withKey(key));
  app.post("/", (c) => c.json({ error: "Spans go to /v1/traces: add the path to the endpoint of the exporter" }, 404));
  app.post("/v1/traces", (c) => takeTraces(c, { collector, maxBytes, onAccepted }));
  // Exporters of metrics and logs share the port. A warning in a success keeps them quiet, and says what became of it.
  for (const path of ["/v1/metrics", "/v1/logs"]) app.post(path, (c) => notTaken(c, path.slice(4)));
  app.post("/v1/events", (c) => takeEvents(c, collector, maxBytes));
  pythonRoutes(app, { collector, policies, key, maxBytes });
  restRoutes(app, options.rest);
  app.get("/metrics", (c) => c.text(metricsText(options), 200, { "Content-Type": "text/plain; version=0.0.4" }));
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** An address that others reach needs a key. */
export class OpenBindError extends Error {
  override readonly name = "OpenBindError";
}

/**
 * The collector over HTTP.
 *
 * @throws OpenBindError when others than this machine could send to it without a key
 */
export function collectorApp(options: AppOptions): Hono {
  const { collector, host, report } = options;
  const app = new Hono();
  app.use("*", async (c, next) => {
    await next();
    // Only paths that are there: whoever asks for others chooses their names.
    const route = routePaths(c).find((path) => known.has(`${c.req.method} ${path}`));
    count(
      collector.counters.requests,
      `${route === undefined ? "other" : `${c.req.method} ${route.replace(":id", "{id}")}`} ${c.res.status}`,
    );
  });
  app.use("*", sameSite(host));
  collectorRoutes(app, options, host, ["*"]);
  app.get("/ready", (c) => c.text("ready\n"));
  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path}; spans go to POST /v1/traces` }, 404));
  app.onError((error, c) => {
    report(`${c.req.method} ${c.req.path}: ${error.message}`);
    return c.json({ error: "The collector failed; its own log says why" }, 500);
  });
  const known = new Set(
    app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`),
  );
  return app;
}

function routePaths(c: Context): readonly string[] {
  return matchedRoutes(c).map(({ path }) => path);
}
