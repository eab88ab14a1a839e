import { afterEach } from "vitest";
import { Engine } from "../engine";
import { listen, type Served } from "../server/listen";
import type { QueryEngine } from "../server/queries";
import { Store, type StoreOptions } from "../storage";
import { START_MS } from "./stored";

const running: { served: Served; store: Store }[] = [];

afterEach(async () => {
  for (const { served, store } of running.splice(0)) {
    await served.close();
    store.close();
  }
});

export interface TestServer {
  readonly url: string;
  readonly store: Store;
  readonly reports: string[];
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
  push(body: unknown, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
}

/** A server of its own on a free port, closed after the test. Its clock stands at START. */
export async function testServer(
  options: Partial<StoreOptions> & { engine?: (real: QueryEngine) => QueryEngine; maxBodyBytes?: number } = {},
): Promise<TestServer> {
  const { engine, maxBodyBytes, ...storeOptions } = options;
  const clock = storeOptions.clock ?? ((): number => START_MS);
  const store = new Store({ clock, ...storeOptions });
  const real = new Engine(store);
  const reports: string[] = [];
  const served = await listen(
    { port: 0 },
    {
      store,
      engine: engine?.(real) ?? real,
      clock,
      report: (message) => reports.push(message),
      ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    },
  );
  running.push({ served, store });
  const answer = async (response: Response) => ({ status: response.status, text: (await response.text()).trim() });
  return {
    url: served.url,
    store,
    reports,
    get: async (path, headers = {}) => answer(await fetch(served.url + path, { headers })),
    push: async (body, headers = {}) =>
      answer(
        await fetch(`${served.url}/loki/api/v1/push`, {
          method: "POST",
          headers: { "Content-Type": "application/json", ...headers },
          body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
        }),
      ),
  };
}
