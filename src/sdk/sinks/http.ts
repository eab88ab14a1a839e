import { PostingSink, type Surroundings } from "./posting";
import { type Answer, Requests } from "./requests";

/** Lines wait this long for others to go with them, ms. */
const GATHER_MS = 200;
/** What one request carries: the collector takes far more. */
const BATCH_BYTES = 262_144;
const TIMEOUT_MS = 10_000;

export interface HttpOptions {
  /** Base URL; lines go to `{endpoint}/v1/events`. */
  readonly endpoint: string;
  readonly apiKey: string | undefined;
  /** What may wait; lines beyond it are dropped. */
  readonly maxQueueBytes: number;
}

function refusal({ status }: Answer): string {
  const todo =
    status === 401 || status === 403
      ? "check apiKey"
      : status === 404 || status === 405 || (status >= 300 && status < 400)
        ? "check endpoint: it must be the base URL of a collector"
        : "the lines were not accepted";
  return `${todo}. These lines are dropped and counted.`;
}

/** Sends lines as NDJSON to a collector. */
export class HttpSink extends PostingSink {
  constructor({ endpoint, apiKey, maxQueueBytes }: HttpOptions, around: Surroundings) {
    const url = `${endpoint.replace(/\/+$/, "")}/v1/events`;
    const headers: Record<string, string> = { "content-type": "application/x-ndjson" };
    if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
    const server = {
      name: `endpoint ${new URL(url).origin}`,
      requests: new Requests({ url, headers, timeoutMs: TIMEOUT_MS }),
      gatherMs: GATHER_MS,
      batchBytes: BATCH_BYTES,
      maxQueueBytes,
      encode: async (lines: readonly string[]) => ({ body: Buffer.from(lines.join("")), taken: lines.length }),
      refusal,
      advice: "Check that a collector listens there.",
    };
    super(server, around);
  }
}
