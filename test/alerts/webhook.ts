import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import * as v from "valibot";

const Notification = v.object({
  alerts: v.array(
    v.object({
      status: v.string(),
      labels: v.record(v.string(), v.string()),
      annotations: v.record(v.string(), v.string()),
    }),
  ),
});

export interface Received {
  /** When it came, ms since the epoch. */
  readonly at: number;
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Webhook {
  readonly url: string;
  /** Every alert of every call so far, oldest first. */
  readonly alerts: readonly Received[];
  /** Bodies of the calls to `/slack`. */
  readonly slack: readonly string[];
  close(): void;
}

/** Something to notify: a server of the test's own. */
export async function startWebhook(): Promise<Webhook> {
  const alerts: Received[] = [];
  const slack: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const at = Date.now();
    if (request.url === "/slack") slack.push(body);
    else for (const alert of v.parse(Notification, JSON.parse(body)).alerts) alerts.push({ at, ...alert });
    response.end("ok");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the webhook has no port");
  return { url: `http://127.0.0.1:${address.port}/`, alerts, slack, close: () => server.close() };
}
