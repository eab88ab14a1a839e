import { beforeAll, expect, it } from "vitest";
import { RecordedClient } from "../../src/sdk/testing/record";
import { describeWithLoki, push, readLines, realLoki, uniqueName } from "../real";

const MINUTE = 60_000;

let url: string;

describeWithLoki("a run of two hours", () => {
  beforeAll(async () => {
    url = (await realLoki()).url;
  });

  it("is taken whole, line by line, while other runs of its agent begin and end", async () => {
    const client = new RecordedClient();
    const end = Date.now() * 1000;
    client.clock.now = end - 120 * MINUTE * 1000;
    const agentId = uniqueName("long");
    const long = client.dt.startRun(agentId, {}, {});
    let pushed = 0;
    const pushNew = async (): Promise<void> => {
      // Refused lines reject: every line has to be accepted.
      await push(
        url,
        client.texts.slice(pushed).map((text) => text.trimEnd()),
      );
      pushed = client.texts.length;
    };
    for (let minute = 0; minute < 120; minute += 10) {
      const call = long.toolCalled("search", { minute });
      const short = client.dt.startRun(agentId, {}, {});
      short.toolCalled("lookup", { minute }).responded({});
      client.clock.pass(5 * MINUTE);
      await pushNew();
      call.responded({});
      client.clock.pass(5 * MINUTE);
      // Told late: its time is further back than Loki takes once a newer line is there.
      short.toolCalled("lookup", { late: minute }, { at: client.clock.now - 100 * MINUTE * 1000 }).responded({});
      short.end();
      await pushNew();
    }
    long.end();
    await pushNew();
    const read = await readLines(url, `{agent_id="${agentId}"}`);
    expect(read.map(({ line }) => line)).toEqual(client.texts.map((text) => text.trimEnd()));
    const times = read.filter(({ line }) => line.includes(long.runId)).map(({ nanos }) => nanos);
    expect((times.at(-1) ?? 0n) - (times[0] ?? 0n)).toBeGreaterThanOrEqual(7_200_000_000_000n);
  });
});
