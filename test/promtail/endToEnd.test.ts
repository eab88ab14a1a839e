import { execFile } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { isRecord } from "../../src/core/wire";
import { type Performed, parseManifest } from "../demo/performance";
import { describeReal, readLines, startLoki, waitFor } from "../real";
import { ship } from "./configs";
import { counter, hasSent, linesOf, notedPosition } from "./shipping";
import { expectManifest } from "./verdicts";

const execute = promisify(execFile);
const CLI = join(import.meta.dirname, "../../lib/cli.mjs");
const TIMEOUT_MS = 300_000;

const RUNS = 2000;

/** What `dunetrace demo --runs 2000 … >> FILE` writes, as a shell runs it. */
async function performInShell(cwd: string): Promise<{ written: string[]; performed: Performed }> {
  if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");
  const files = "--manifest m.json --baselines-out b.json >> demo.ndjson";
  const command = `"${process.execPath}" "${CLI}" demo --runs ${RUNS} ${files}`;
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/bin:/bin` };
  const { stderr } = await execute("/bin/sh", ["-c", command], { cwd, env });
  const [lines, manifest, baselines] = ["demo.ndjson", "m.json", "b.json"].map((name) =>
    readFileSync(join(cwd, name), "utf8"),
  );
  if (lines === undefined || manifest === undefined || baselines === undefined) throw new Error("a file is missing");
  return {
    written: linesOf(join(cwd, "demo.ndjson")),
    performed: { lines, manifest: parseManifest(manifest), files: { manifest, baselines }, stderr },
  };
}

/** By what readers tell a line from its repetition. */
function identity(line: string): string {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) throw new Error(`no line of ours: ${line}`);
  return `${value.run_id} ${value.seq} ${value.ts}`;
}

describeReal("2,000 runs on their way through promtail/file.yml to Loki", ["loki", "promtail"], () => {
  it("are read whole, every line once, and judged as the manifest says, though Loki is killed and Promtail stopped", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const loki = await startLoki();
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    const file = join(logs, "agents.ndjson");
    const { written, performed } = await performInShell(promtail.dir);
    expect(Object.keys(performed.manifest)).toHaveLength(RUNS);
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
    const missing = async (): Promise<string[]> => {
      const there = new Set((await readLines(loki.url, '{agent_id=~".+"}')).map(({ line }) => line));
      return written.filter((line) => !there.has(line));
    };
    await waitFor(async () => (await missing()).length === 0, {
      deadlineMs: 30_000,
      everyMs: 500,
      what: `all ${written.length} lines in Loki`,
    });
    const inLoki = (await readLines(loki.url, '{agent_id=~".+"}')).map(({ line }) => line);

    // As readers see them, who drop what repeats run_id, seq and ts: every line once, and none that was not written.
    const wholeLines = new Set(inLoki);
    expect(wholeLines.size).toBe(written.length);
    expect(new Set(inLoki.map(identity)).size).toBe(written.length);
    await expectManifest(performed, loki.url);

    // As Loki stores them: a batch that it had stored, but not confirmed when it was killed, is sent again. Loki drops
    // lines that it has in the block it writes to at the moment (256 KiB of a stream) and keeps the others twice.
    const storedTwice = inLoki.length - wholeLines.size;
    process.stdout.write(`${storedTwice} of ${written.length} lines are stored twice in Loki\n`);
    expect(storedTwice).toBeLessThan(written.length / 100);
  });
});
