import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { describeReal, readLines, startLoki, waitFor } from "../real";
import { ship } from "./configs";
import { counter, hasSent, linesOf, notedPosition } from "./shipping";

const execute = promisify(execFile);
const CLI = join(import.meta.dirname, "../../lib/cli.mjs");
const TIMEOUT_MS = 300_000;

/** `dunetrace demo --runs 2000 --manifest m.json >> FILE`, as a shell runs it. */
function startDemo(file: string, cwd: string): Promise<unknown> {
  if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");
  const command = `"${process.execPath}" "${CLI}" demo --runs 2000 --manifest m.json >> "${file}"`;
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/bin:/bin` };
  const demo = execute("/bin/sh", ["-c", command], { cwd, env });
  // A failing demo is told of where it is awaited.
  demo.catch(() => undefined);
  return demo;
}

describeReal("2,000 runs on their way through promtail/file.yml to Loki", ["loki", "promtail"], () => {
  it("arrive whole and once, though Loki is killed and Promtail is stopped meanwhile", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const loki = await startLoki();
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    const file = join(logs, "agents.ndjson");
    const demo = startDemo(file, promtail.dir);

    await hasSent(promtail, 3_000, file);
    await loki.kill();
    await waitFor(async () => (await counter(promtail, "promtail_batch_retries_total")) > 0, { what: "a retry" });
    await loki.start();
    await hasSent(promtail, 8_000, file);
    await promtail.stop();
    await demo;
    const written = linesOf(file);
    expect(written.length).toBeGreaterThan(30_000);
    await promtail.start();
    await hasSent(promtail, 5_000, file);
    await promtail.restart();
    await hasSent(promtail, 5_000, file);
    await loki.kill();
    await loki.start();
    const size = statSync(file).size;
    await waitFor(() => notedPosition(promtail, file) === size, { deadlineMs: 60_000, what: "all lines to be read" });
    await promtail.stop();

    // Lines of many hours ago are found on disk alone.
    await fetch(`${loki.url}/flush`, { method: "POST" });
    const read = (await readLines(loki.url, '{agent_id=~".+"}')).map(({ line }) => line);
    // A batch that Loki had stored, but not confirmed when it was killed, is sent again. Loki drops lines that it has in
    // the block it writes to at the moment (256 KiB of a stream); readers drop the others by run_id, seq and ts.
    process.stdout.write(`${read.length - written.length} of ${written.length} lines are in Loki twice\n`);
    const got = new Set(read);
    expect(written.filter((line) => !got.has(line)).length).toBe(0);
    expect(got.size).toBe(written.length);
    expect(read.length - written.length).toBeLessThan(written.length / 100);
  });
});
