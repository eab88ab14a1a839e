import { expect, it } from "vitest";
import { CollectProcess, runIdOf } from "../collector/collectProcess";
import { describeReal, readLines, startLoki, waitFor } from "../real";

const BEFORE = 20;
const DURING_MS = 4000;
const GRACE = ["--grace", "0.1"];
const ALL = '{agent_id=~".+"}';

describeReal("a collector whose Loki is killed under load", ["loki"], () => {
  /** Sends traces while a Loki runs, is away and is back. @returns how many, and what the collector counted at the end */
  async function load(env: Readonly<Record<string, string>>) {
    const loki = await startLoki({ bulk: true });
    const collecting = await CollectProcess.start(["--loki", loki.url, ...GRACE], env);
    let sent = 0;
    const send = async (): Promise<void> => {
      // Senders do not notice that Loki is away.
      expect(await collecting.send(sent, Date.now())).toBe(200);
      sent++;
    };
    while (sent < BEFORE) await send();
    await waitFor(async () => (await readLines(loki.url, ALL)).length > 0, { what: "the first lines" });
    await loki.kill();
    const killed = performance.now();
    while (performance.now() - killed < DURING_MS) await send();
    await loki.start();
    for (let more = 0; more < BEFORE; more++) await send();
    const counted = await waitFor(
      async () => {
        const runs = await collecting.metric("dunetrace_runs_total");
        return runs === sent && (await collecting.metric("dunetrace_traces_open")) === 0;
      },
      { what: "all runs to be written" },
    );
    expect(counted).toBe(true);
    const lines = await collecting.metric("dunetrace_lines_total");
    const dropped = await collecting.metric("dunetrace_output_dropped_lines_total");
    const arrived = await waitFor(
      async () => {
        const stored = await readLines(loki.url, ALL);
        return stored.length >= lines - dropped && stored;
      },
      { what: "what was not dropped" },
    );
    expect(await collecting.end("SIGTERM")).toBe(0);
    await loki.stop();
    return { sent, lines, dropped, arrived };
  }

  it("loses nothing while what waits is within its bound", async () => {
    const { sent, lines, dropped, arrived } = await load({});
    expect(sent).toBeGreaterThan(2 * BEFORE + 50);
    expect(dropped).toBe(0);
    expect(arrived).toHaveLength(lines);
    const ended = arrived.filter(({ line }) => /"event_type":"run\.(?:completed|errored)"/.test(line));
    const ids = ended.map(({ line }): string => JSON.parse(line).run_id).sort();
    expect(ids).toEqual(Array.from({ length: sent }, (_, number) => runIdOf(number)).sort());
  });

  it("counts what it loses beyond it", async () => {
    const { lines, dropped, arrived } = await load({ DUNETRACE_LOKI_PUSH_MAX_QUEUE_BYTES: "100000" });
    expect(dropped).toBeGreaterThan(0);
    expect(arrived).toHaveLength(lines - dropped);
  });
});
