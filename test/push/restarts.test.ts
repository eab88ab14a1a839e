import { expect, it } from "vitest";
import { describeReal, readLines, startLoki, uniqueName, waitFor } from "../real";
import { WitnessedClient } from "./played";

describeReal("a real Loki that is killed and started again under direct push", ["loki"], () => {
  it("has every line once and in order, and the agent lost none", async () => {
    const loki = await startLoki();
    const agent = uniqueName("restarts");
    const client = new WitnessedClient(agent, { loki: { url: loki.url, batchWaitMs: 20 } });
    client.play(50);
    await waitFor(() => client.sent === 200, { what: "the first lines" });
    for (let killed = 1; killed <= 2; killed++) {
      const failed = client.retried;
      client.play(50);
      await Promise.all([loki.kill(), client.dt.flush({ timeoutMs: 1 })]);
      client.play(50);
      await waitFor(() => client.retried > failed, { what: "a push that fails" });
      expect(client.dropped).toBe(0);
      await loki.start();
      client.play(50);
    }
    await client.dt.shutdown({ timeoutMs: 30_000 });
    expect(client.written).toHaveLength(350 * 4);
    expect([client.sent, client.dropped]).toEqual([client.written.length, 0]);
    const lines = await waitFor(
      async () => {
        const stored = await readLines(loki.url, `{agent_id="${agent}"}`);
        return stored.length >= client.written.length && stored;
      },
      { what: "all lines" },
    );
    expect(lines.map(({ line }) => line)).toEqual(client.written);
    await loki.stop();
  });
});
