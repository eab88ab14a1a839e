import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { describeReal, type RealLoki, readLines, type StoredLine, startLoki, uniqueName, waitFor } from "../real";
import { wireLine } from "../real/lines";
import { ship } from "./configs";

const FOREIGN = '{"level":"info","logger":"web","message":"listening"}';
/** Quotes one of our lines. */
const QUOTING = JSON.stringify({ message: 'got {"logger":"dunetrace","agent_id":"x","event_type":"y"}' });

let loki: RealLoki;

async function found(selector: string, count: number): Promise<readonly StoredLine[]> {
  return waitFor(
    async () => {
      const lines = await readLines(loki.url, selector);
      return lines.length >= count && lines;
    },
    { what: `${count} lines of ${selector}` },
  );
}

describeReal("the pipelines of promtail/", ["loki", "promtail"], () => {
  beforeAll(async () => {
    loki = await startLoki({ discoverLogLevels: false });
  });

  it("label lines of a dedicated file by agent and event alone, take their time, and drop what is not ours", async () => {
    const { logs } = await ship("file.yml", loki, "*.ndjson");
    const agentId = uniqueName("file");
    const at = Date.now() - 1_800_000;
    const ours = [
      wireLine({ agentId, at, seq: 0, eventType: "run.started" }),
      wireLine({ agentId, at, seq: 1 }),
      wireLine({ agentId, at, seq: 2, padding: "ü".repeat(20_000) }),
    ];
    const cut = wireLine({ agentId, at, seq: 3 }).slice(0, 100);
    appendFileSync(
      join(logs, "a.ndjson"),
      `${[FOREIGN, ours[0], "", "plain", ours[1], cut, QUOTING, ours[2]].join("\n")}\n`,
    );
    const lines = await found(`{agent_id="${agentId}"}`, 3);
    expect(lines.map(({ line }) => line)).toEqual(ours);
    expect(lines.map(({ nanos }) => nanos)).toEqual([0n, 1n, 2n].map((seq) => BigInt(at) * 1_000_000n + seq * 1_000n));
    expect(lines.map(({ labels }) => labels)).toEqual(
      ["run.started", "tool.called", "tool.called"].map((event_type) => ({
        agent_id: agentId,
        event_type,
        service_name: "unknown_service",
      })),
    );
    const others = await found('{job="dunetrace"}', 1);
    expect(others.map(({ line }) => line)).toEqual([cut]);
  });

  it("pass other lines of a shared job as they are, and join ours where the runtime has split them", async () => {
    const { logs } = await ship("cri.yml", loki, "*/*/*.log");
    const folder = join(logs, "shop_web-7d4b9_0a1b2c3d", "web");
    mkdirSync(folder, { recursive: true });
    const agentId = uniqueName("pod");
    const at = Date.now() - 60_000;
    const long = wireLine({ agentId, at, seq: 0, padding: "x".repeat(40_000) });
    const short = wireLine({ agentId, at, seq: 1 });
    const envelope = (flag: "P" | "F", text: string, stream = "stdout"): string =>
      `${new Date(at).toISOString()} ${stream} ${flag} ${text}\n`;
    const split = [0, 16_384, 32_768].map((from) => long.slice(from, from + 16_384));
    appendFileSync(
      join(folder, "0.log"),
      [
        envelope("F", FOREIGN),
        envelope("P", split[0] ?? ""),
        envelope("P", "an error in ", "stderr"),
        envelope("P", split[1] ?? ""),
        envelope("F", "two parts", "stderr"),
        envelope("F", split[2] ?? ""),
        envelope("F", QUOTING),
        envelope("F", short),
      ].join(""),
    );
    const ours = await found(`{agent_id="${agentId}"}`, 2);
    expect(ours.map(({ line, labels }) => ({ line, labels }))).toEqual(
      [long, short].map((line) => ({
        line,
        labels: { agent_id: agentId, event_type: "tool.called", service_name: "unknown_service" },
      })),
    );
    const foreign = await found('{job="pods"}', 3);
    expect(foreign.map(({ line }) => line).sort()).toEqual([FOREIGN, QUOTING, "an error in two parts"].sort());
    for (const { labels } of foreign) {
      expect(labels).toMatchObject({ namespace: "shop", pod: "web-7d4b9", container: "web", job: "pods" });
    }
    expect(new Set(foreign.map(({ labels }) => labels.stream))).toEqual(new Set(["stdout", "stderr"]));
  });
});
