import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ship } from "../promtail/configs";
import { describeReal, readLines, startLoki, uniqueName, waitFor } from "../real";
import { WitnessedClient } from "./played";

describeReal("a file that the SDK writes and Promtail reads", ["loki", "promtail"], () => {
  it("loses no line and doubles none when it is renamed while the agent goes on", { timeout: 120_000 }, async () => {
    const loki = await startLoki();
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    const file = join(logs, "agent.ndjson");
    const agent = uniqueName("renamed");
    const client = new WitnessedClient(agent, { file });
    const arrived = (): Promise<string[]> =>
      waitFor(
        async () => {
          const lines = await readLines(loki.url, `{agent_id="${agent}"}`);
          return lines.length >= client.written.length && lines.map(({ line }) => line);
        },
        { deadlineMs: 45_000, what: "all lines" },
      );
    // A file that is renamed before Promtail has seen it is never read.
    client.play(1);
    await arrived();
    for (let rotation = 1; rotation <= 3; rotation++) {
      client.play(10);
      renameSync(file, `${file}.${rotation}`);
      const renamed = Date.now();
      await waitFor(() => Date.now() > renamed, { everyMs: 1, what: "the next millisecond" });
      client.play(1);
      expect(existsSync(file)).toBe(true);
      // Promtail notices meanwhile, and reads what comes then as well.
      const end = Date.now() + 400;
      await waitFor(
        () => {
          client.play(1);
          return Date.now() > end;
        },
        { everyMs: 20, what: "some time to pass" },
      );
      client.play(10);
      expect(await arrived()).toEqual(client.written);
    }
    await client.dt.shutdown();
    expect(client.dropped).toBe(0);
    await promtail.stop();
    await loki.stop();
  });
});
