import { gzip } from "node:zlib";
import { pushBody } from "./lokiBody";
import type { ResolvedLoki } from "./lokiOptions";
import { PostingSink, type Surroundings } from "./posting";
import { type Answer, Requests } from "./requests";

/** Not by `promisify`: importing node:util opens stderr on Node 22 and later. */
function gzipped(body: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gzip(body, (error, zipped) => (error === null ? resolve(zipped) : reject(error)));
  });
}

function headersOf({ tenant, username, password, bearerToken }: ResolvedLoki): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/json", "content-encoding": "gzip" };
  if (tenant !== undefined) headers["x-scope-orgid"] = tenant;
  if (bearerToken !== undefined) headers.authorization = `Bearer ${bearerToken}`;
  else if (username !== undefined) {
    headers.authorization = `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}`;
  }
  return headers;
}

function refusal({ status, text }: Answer): string {
  const todo =
    status === 401 || status === 403
      ? "check tenant, username and password, or bearerToken"
      : status === 404 || status === 405 || (status >= 300 && status < 400)
        ? "check url: it must be the base URL of a Loki"
        : "Loki stores what is valid in a request; all its lines count as dropped here";
  return `${todo}. Loki says: ${text || "nothing"}`;
}

/**
 * Pushes lines to Loki. One request at a time keeps the order of a stream; lines that are sent again are not stored twice,
 * because each has a time of its own.
 */
export class LokiSink extends PostingSink {
  constructor(options: ResolvedLoki, around: Surroundings) {
    const { url, timeoutMs, batchWaitMs, maxBatchBytes, maxQueueBytes } = options;
    const server = {
      name: `loki ${new URL(url).origin}`,
      requests: new Requests({ url: `${url}/loki/api/v1/push`, headers: headersOf(options), timeoutMs }),
      gatherMs: batchWaitMs,
      batchBytes: maxBatchBytes,
      maxQueueBytes,
      encode: async (lines: readonly string[]) => {
        const { body, taken } = pushBody(lines, options);
        return { body: await gzipped(body), taken };
      },
      refusal,
      advice: "Check that Loki listens there.",
    };
    super(server, around);
  }
}
