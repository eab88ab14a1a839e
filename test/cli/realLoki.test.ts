import { beforeAll, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { dunetrace } from "../../src/cli/testing/command";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { folderWith } from "../../src/cli/testing/folder";
import { loopingRun, quietRun } from "../../src/cli/testing/runWriter";
import { describeWithLoki, push, realLoki, type Section, uniqueName, waitFor } from "../real";

/**
 * Hours of lines at once: by default Loki closes a chunk that spans two hours, and looks for lines older than three hours
 * on disk alone, where the index of a chunk closed just now is not yet.
 */
const PAST: Section = {
  ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" }, max_chunk_age: "48h" },
  querier: { query_ingesters_within: "0s" },
};

describeWithLoki("commands over a real Loki", () => {
  let url: string;
  let suite: string;
  beforeAll(async () => {
    ({ url } = await realLoki({ bulk: true, config: PAST }));
    suite = uniqueName("commands");
  }, 60_000);
  const pushed = (lines: readonly string[]): Promise<void> =>
    push(
      url,
      lines.map((line) => line.trimEnd()),
      { labels: { suite } },
    );
  const loki = (): string[] => ["--loki", url, "--selector", `{suite="${suite}"}`];

  it("writes the baselines that it writes of a file with the same runs", { timeout: 120_000 }, async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    const { out: text } = await dunetrace(["demo", "--runs", "400", "--seed", "11", "--at", at]);
    const cwd = folderWith({ "demo.ndjson": text });
    await pushed(text.trimEnd().split("\n"));
    for (const more of [[], ["--min-runs", "3", "--window-days", "0.05"], ["--agent", "support-bot"]]) {
      const read = async (...source: string[]): Promise<unknown> => {
        const args = ["baselines", ...source, "--at", at, "--format", "json", ...more];
        const { out, err, code } = await dunetrace(args, { cwd });
        expect({ err, code }).toEqual({ err: "", code: 0 });
        return JSON.parse(out);
      };
      const fromLoki = await read(...loki());
      expect(fromLoki).toEqual(await read("demo.ndjson"));
      expect(fromLoki).toMatchObject({ agents: { "support-bot": { "*": {} } } });
    }
  });

  it("shows runs as they happen", { timeout: 60_000 }, async () => {
    const now = Date.now();
    const [looping, quiet] = [
      loopingRun({ run_id: "bbbbbbbb-2", agent_id: "watched", start: (now - 20_000) * 1000 }),
      quietRun({ run_id: "aaaaaaaa-1", agent_id: "watched", start: (now - 10_000) * 1000 }),
    ];
    await pushed(looping.lines);
    const io = new FakeIo();
    io.time = now;
    const done = main(["dev", ...loki(), "--since", "5m", "--agent", "watched"], io);
    const shows = (text: string): Promise<unknown> =>
      waitFor(
        async () => {
          await io.tick(10);
          return io.stdout.text.includes(text);
        },
        { deadlineMs: 30_000, everyMs: 10, what: () => `${text} in\n${io.stdout.text}\n${io.stderr.text}` },
      );
    await shows("completed   bbbbbbbb");
    await pushed(quiet.lines.slice(0, 4));
    await shows("started     aaaaaaaa");
    await pushed(quiet.lines.slice(4));
    await shows("completed   aaaaaaaa");
    io.interrupt();
    expect(await done).toBe(0);
    const events = io.stdout.text.split("\n").map((line) => line.slice(10, 22).trim());
    expect(events).toEqual(["started", "● MEDIUM", "▲ HIGH", "completed", "started", "completed", ""]);
    expect(io.stderr.text).toBe("");
  });
});
