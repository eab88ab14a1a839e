import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import type { OpenedStore } from "../../loki";
import { sameSite } from "../../server/sameSite";
import type { PageSettings } from "./settings";

/** The page as it was built, beside the command itself. */
const BUILT = fileURLToPath(new URL("./viewer", import.meta.url));

const MAX_BODY_BYTES = 16 * 1024 * 1024;

export interface PageOptions {
  readonly store: OpenedStore;
  readonly settings: PageSettings;
  /** Where the server listens. */
  readonly host: string;
  /** Folder of the built page. */
  readonly folder?: string;
}

/** Adds the local page at `/` and the endpoint for lines, `POST /v1/events`, to a server of the store. */
export function pageRoutes({ store, settings, host, folder = BUILT }: PageOptions): (app: Hono) => void {
  return (app) => {
    app.use("*", sameSite(host));
    app.post("/v1/events", bodyLimit({ maxSize: MAX_BODY_BYTES }), async (c) => {
      const { stored, duplicates, ...not } = store.pushLines((await c.req.text()).split("\n"));
      // Empty lines and those of other programs are no failure: an agent's stdout is sent as it is.
      const isRefused = stored + duplicates === 0 && not.refused + not.broken > 0;
      return c.json({ stored, duplicates, ...not }, isRefused ? 400 : 200);
    });
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
