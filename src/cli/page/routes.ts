import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { collectorRoutes, type RouteOptions } from "../../collector/server/app";
import { sameSite } from "../../server/sameSite";
import type { PageSettings } from "./settings";

/** The page as it was built, beside the command itself. */
const BUILT = fileURLToPath(new URL("./viewer", import.meta.url));

/** What takes lines, and what tells of it. Looking asks for no key: a browser could not send one. */
const GUARDED = ["/v1/*", "/metrics", "/loki/api/v1/push"];

export interface PageOptions {
  readonly settings: PageSettings;
  /** Where the server listens. */
  readonly host: string;
  /** What takes traces, lines and events on the same port. */
  readonly collector?: RouteOptions | undefined;
  /** Folder of the built page. */
  readonly folder?: string;
}

/**
 * Adds the local page at `/` and the collector below `/v1` to a server of the store.
 *
 * @returns what throws OpenBindError when others than this machine could send to it without a key
 */
export function pageRoutes({ collector, settings, host, folder = BUILT }: PageOptions): (app: Hono) => void {
  return (app) => {
    app.use("*", sameSite(host));
    if (collector !== undefined) collectorRoutes(app, collector, host, GUARDED);
    app.get("/page/settings.json", (c) => c.json(settings));
    if (!existsSync(folder)) {
      app.get("/", (c) => c.text("The page is not built: run `npm run build`.\n", 503));
      return;
    }
    const headers = secureHeaders({
      // Meant for HTTPS, which this server does not speak.
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        // Emotion adds the styles of components while they are shown.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'", "data:"],
        frameAncestors: ["'none'"],
      },
    });
    const files = serveStatic({ root: folder });
    for (const path of ["/", "/index.html", "/zodConfig.js", "/assets/*", "/public/*"]) app.get(path, headers, files);
  };
}
