import { pinoLoki } from "pino-loki";
import { expect, it } from "vitest";
import { parseMicros } from "../../src/core/wire";
import { pinoLokiOptions, withLineTime } from "../../src/integrations/pino";
import { LokiSink } from "../../src/sdk/sinks/loki";
import { resolveLoki } from "../../src/sdk/sinks/lokiOptions";
import { type AnyLoki, describeWithLoki, readLabelNames, readLines, realLoki, uniqueName, waitFor } from "../real";
import { WitnessedClient } from "./played";

async function expectStored({ url }: AnyLoki, agent: string, written: readonly string[]): Promise<void> {
  const query = `{agent_id="${agent}"}`;
  await waitFor(async () => (await readLines(url, query)).length >= written.length, { what: "the lines" });
  const stored = await readLines(url, query);
  expect(stored.map(({ line }) => line)).toEqual(written);
  for (const { nanos, line } of stored) {
    expect(nanos).toBe(BigInt(parseMicros(JSON.parse(line).ts) ?? 0) * 1000n);
  }
  const names = await readLabelNames(url, query);
  expect(names.filter((name) => name !== "service_name")).toEqual(["agent_id", "event_type"]);
}

describeWithLoki("lines pushed to a real Loki", () => {
  it("by the SDK are those written, once, also when pushed twice", async () => {
    const loki = await realLoki();
    const agent = uniqueName("push");
    const client = new WitnessedClient(agent, { loki: { url: loki.url } });
    client.play(20);
    await client.dt.shutdown();
    expect([client.sent, client.dropped]).toEqual([80, 0]);
    const options = resolveLoki({ url: loki.url }, {});
    if (options === undefined) throw new Error("no url");
    const again = new LokiSink(options, { alert: () => undefined, tell: () => undefined });
    for (const line of client.written) again.write(`${line}\n`);
    await again.close(performance.now() + 10_000);
    expect(again).toMatchObject({ sent: client.written.length, dropped: 0 });
    await expectStored(loki, agent, client.written);
  });

  it("through pino-loki are those written, with their own times and without further labels", async () => {
    const loki = await realLoki();
    const agent = uniqueName("pino-loki");
    const stream = pinoLoki(pinoLokiOptions({ host: loki.url }));
    const destination = withLineTime(stream);
    const client = new WitnessedClient(agent, {}, (line) => destination.write(line));
    client.play(20);
    stream.end();
    await expectStored(loki, agent, client.written);
  });
});
