import { execFile } from "node:child_process";
import { appendFileSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { describeReal, readLines, startLoki, waitFor } from "../real";
import { ship } from "./configs";
import { counter, hasSent, linesOf, notedPosition } from "./shipping";

const execute = promisify(execFile);
const CLI = join(import.meta.dirname, "../../lib/cli.mjs");
const TIMEOUT_MS = 300_000;

/** Lines of `dunetrace demo --runs 2000 --manifest m.json >> FILE`, as a shell runs it. */
async function demoLines(cwd: string): Promise<string[]> {
  if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");
  const command = `"${process.execPath}" "${CLI}" demo --runs 2000 --manifest m.json >> demo.ndjson`;
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/bin:/bin` };
  await execute("/bin/sh", ["-c", command], { cwd, env });
  return linesOf(join(cwd, "demo.ndjson"));
}

describeReal("2,000 runs on their way through promtail/file.yml to Loki", ["loki", "promtail"], () => {
  it("arrive whole and once, though Loki is killed and Promtail is stopped meanwhile", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const loki = await startLoki();
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    const file = join(logs, "agents.ndjson");
    const written = await demoLines(promtail.dir);
    expect(written.length).toBeGreaterThan(30_000);
    let at = 0;
    /** Agents write on, up to this share of all lines: something is always on its way when a program goes. */
    const writeUpTo = (share: number): void => {
      const end = Math.ceil(share * written.length);
      appendFileSync(file, `${written.slice(at, end).join("\n")}\n`);
      at = end;
    };

    writeUpTo(0.3);
    await hasSent(promtail, 3_000, file);
    await loki.kill();
    writeUpTo(0.4);
    await waitFor(async () => (await counter(promtail, "promtail_batch_retries_total")) > 0, { what: "a retry" });
    await loki.start();
    writeUpTo(0.6);
    await hasSent(promtail, 8_000, file);
    await promtail.stop();
    writeUpTo(0.7);
    await promtail.start();
    await hasSent(promtail, 2_000, file);
    writeUpTo(0.8);
    await promtail.restart();
    writeUpTo(0.9);
    await hasSent(promtail, 2_000, file);
    await loki.kill();
    writeUpTo(1);
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
