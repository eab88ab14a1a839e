import { expect, it } from "vitest";
import { describeReal, push, pushStreams, readLabelNames, readLines, startLoki, uniqueName, waitFor } from ".";
import { wireLine } from "./lines";

const lines = (agentId: string, count: number): string[] => {
  const at = Date.now();
  return Array.from({ length: count }, (_, seq) => wireLine({ agentId, at: at + Math.floor(seq / 1000), seq }));
};

describeReal("a real Loki started by the harness", ["loki"], () => {
  it("keeps what was pushed when it is killed, and answers at the same address again", async () => {
    const loki = await startLoki({ discoverLogLevels: false });
    const agentId = uniqueName("kept");
    const written = lines(agentId, 12_000);
    await push(loki.url, written, { runIdMetadata: true });
    await loki.kill();
    expect(loki.pid).toBeUndefined();
    await loki.start();
    const read = await waitFor(
      async () => {
        const all = await readLines(loki.url, `{agent_id="${agentId}"}`);
        return all.length >= written.length && all;
      },
      { what: "all lines" },
    );
    expect(read.map(({ line }) => line)).toEqual(written);
    expect(read[0]?.labels).toEqual({
      agent_id: agentId,
      event_type: "tool.called",
      run_id: "r",
      service_name: "unknown_service",
    });
    expect(await readLabelNames(loki.url, `{agent_id="${agentId}"}`)).toEqual([
      "agent_id",
      "event_type",
      "service_name",
    ]);
    await loki.restart();
    expect(await readLines(loki.url, `{agent_id="${agentId}"}`)).toHaveLength(written.length);
    await loki.stop();
  });

  it("has the limits that it is given and tells what it refuses", async () => {
    const loki = await startLoki({ limits: { max_line_size: 300 } });
    const agentId = uniqueName("limits");
    const long = wireLine({ agentId, at: Date.now(), seq: 1, padding: "x".repeat(300) });
    await expect(push(loki.url, [long])).rejects.toThrow("max entry size");
    expect(await pushStreams(loki.url, [])).toMatchObject({ status: 422 });
    await expect(readLines(loki.url, "{")).rejects.toThrow("answered query_range with 400: parse error");
  });

  it("is told of by its log when it does not start", async () => {
    await expect(startLoki({ config: { ingester: { no_such_setting: 1 } } })).rejects.toThrow(
      /loki ended with code 1; its log ends with:\n.*no_such_setting/s,
    );
  });
});
