import { afterEach, expect, it, vi } from "vitest";
import { type OpenedStore, openStore } from "../../src/loki";
import * as notices from "../../src/sdk/notices";
import { readLines, temporaryFolder } from "../real";
import { WitnessedClient } from "./played";

const stores: OpenedStore[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const store of stores.splice(0)) await store.close();
});

function open(dir?: string): OpenedStore {
  const store = openStore({ clock: Date.now, ...(dir === undefined ? {} : { dir }) });
  stores.push(store);
  return store;
}

const linesOf = async (url: string): Promise<string[]> =>
  (await readLines(url, '{agent_id="local"}')).map(({ line }) => line);

it("the embedded store takes what the SDK pushes, as it was written", async () => {
  const store = open();
  const { url } = await store.serve({ port: 0 });
  const client = new WitnessedClient("local", { loki: { url, runIdMetadata: true, tenant: "any" } });
  client.play(50);
  await client.dt.shutdown();
  expect([client.sent, client.dropped]).toEqual([200, 0]);
  expect(await linesOf(url)).toEqual(client.written);
});

it("the embedded store has every line once when it is closed and opened again under direct push", async () => {
  const dir = temporaryFolder("push");
  const first = open(dir);
  const { url, port } = await first.serve({ port: 0 });
  const client = new WitnessedClient("local", { loki: { url, batchWaitMs: 10 } });
  client.play(50);
  await client.dt.flush();
  await first.close();
  client.play(50);
  await client.dt.flush({ timeoutMs: 300 });
  expect(client.retried).toBeGreaterThan(0);
  const second = open(dir);
  await second.serve({ port });
  client.play(50);
  await client.dt.shutdown();
  expect([client.sent, client.dropped]).toEqual([600, 0]);
  expect(await linesOf(url)).toEqual(client.written);
});

it("lines that the embedded store refuses count as lost and are not sent again", async () => {
  const store = open();
  const { url } = await store.serve({ port: 0 });
  const client = new WitnessedClient("local", { loki: { url } });
  client.play(1);
  await client.dt.shutdown();
  const said = vi.spyOn(notices, "sayOnce").mockReturnValue();
  const hoursAgo = (Date.now() - 3 * 3_600_000) * 1000;
  const late = new WitnessedClient("local", { loki: { url }, clock: () => hoursAgo });
  late.play(1);
  await late.dt.shutdown();
  expect([late.sent, late.retried, late.dropped]).toEqual([0, 0, 4]);
  expect(said.mock.calls.flat()).toEqual([expect.stringMatching(/answers 400: .*entry too far behind/)]);
  expect(await linesOf(url)).toEqual(client.written);
});
