import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { PLUGINS } from "../../scripts/pluginArchive.mjs";

const ROOT = join(import.meta.dirname, "../..");
const DIST = join(ROOT, "dist");
/** Where @grafana/ui looks for its icons, and where its package keeps them. */
const ICONS = { url: "/public/build/img/icons/", folder: join(ROOT, "node_modules/@grafana/ui/dist/public/img/icons") };

const FONTS: Readonly<Record<string, string>> = {
  "/public/fonts/inter/Inter-Regular.woff2": "inter-latin-400-normal.woff2",
  "/public/fonts/inter/Inter-Medium.woff2": "inter-latin-500-normal.woff2",
};
const LOKI_LOGO = "/public/plugins/loki/img/logo.svg";
/** Stands in for icons that Grafana has and the package of @grafana/ui lacks. */
const NO_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>';

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export interface HostServer {
  readonly url: string;
  /** What was sent to `/api/…`: method, path and body. */
  readonly sent: readonly { readonly method: string; readonly path: string; readonly body: unknown }[];
  /** Requests below `/public/plugins/`, which tell who loads what from where. */
  readonly loaded: readonly string[];
  close(): Promise<void>;
}

/** The file of a plugin: Grafana serves a nested plugin below its own id from its own folder, and nothing of the app's. */
function pluginFile(path: string): string | undefined {
  const [, id, rest = ""] = /^\/public\/plugins\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const plugin = PLUGINS.find((one) => one.id === id);
  return plugin === undefined ? undefined : join(DIST, plugin.folder, rest);
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

function sendFile(file: string, response: ServerResponse): void {
  if (!isFile(file)) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "cache-control": "max-age=600" });
  createReadStream(file).pipe(response);
}

function sendIcon(file: string, response: ServerResponse): void {
  if (isFile(file)) sendFile(file, response);
  else response.writeHead(200, { "content-type": "image/svg+xml" }).end(NO_ICON);
}

/** Hands a request to the Loki, as Grafana's server does. */
function forward(loki: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { url = "", method = "GET" } = incoming;
  const outgoing = httpRequest(new URL(url, loki), { method }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { "content-type": answer.headers["content-type"] ?? "text/plain" });
    answer.pipe(response);
  });
  outgoing.on("error", (error) => response.writeHead(502).end(error.message));
  response.on("close", () => outgoing.destroy());
  incoming.pipe(outgoing);
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of incoming) text += chunk;
  return text === "" ? undefined : JSON.parse(text);
}

/**
 * Serves the host page, the built plugins and what Grafana would answer.
 *
 * @param bundle folder of the bundled host page
 * @param loki address of the Loki API behind Grafana's Loki datasource
 */
export async function serveHost(bundle: string, loki: string): Promise<HostServer> {
  const sent: HostServer["sent"][number][] = [];
  const loaded: string[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(incoming.url ?? "/", "http://host");
    const path = normalize(decodeURI(pathname));
    if (path.startsWith("/loki/")) return forward(loki, incoming, response);
    if (path.startsWith("/api/")) {
      sent.push({ method: incoming.method ?? "", path, body: await bodyOf(incoming) });
      response.writeHead(200, { "content-type": "application/json" }).end('{"message":"Plugin settings updated"}');
      return undefined;
    }
    if (path.startsWith("/public/plugins/") && path !== LOKI_LOGO) {
      loaded.push(path);
      return sendFile(pluginFile(path) ?? "", response);
    }
    if (path === LOKI_LOGO) return sendIcon("", response);
    if (path.startsWith(ICONS.url)) return sendIcon(join(ICONS.folder, path.slice(ICONS.url.length)), response);
    const font = FONTS[path];
    if (font !== undefined) return sendFile(join(ROOT, "node_modules/@fontsource/inter/files", font), response);
    const asset = join(bundle, path);
    return sendFile(existsSync(asset) && isFile(asset) ? asset : join(bundle, "index.html"), response);
  };
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The host page has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    sent,
    loaded,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
