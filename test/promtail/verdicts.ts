import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { detectorOf } from "../../src/core/detectors";
import { FAILURE_TYPES } from "../../src/core/wire";
import { inFolder, objectsOf, type Performed, parseRuns } from "../demo/performance";

/** What a Loki is asked is as of so long after the demo: runs that were killed have stalled by then. */
const LATER_MS = 120_000;

/** The output of a command that reads from a Loki, with the baselines of the demo. */
function ask({ files }: Performed, url: string, ...args: readonly string[]): Promise<string> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, "b.json"), files.baselines);
    const io = new FakeIo({ cwd: folder });
    io.time = Date.now() + LATER_MS;
    const where = ["--loki", url, "--since", "3d", "--baselines", "b.json", "--format", "ndjson"];
    const code = await main([...args, ...where], io);
    if (code !== 0 || io.stderr.text !== "") throw new Error(io.stderr.text);
    return io.stdout.text;
  });
}

/** Every run of a demo and every verdict on it, as a Loki gives them, is what its manifest says. */
export async function expectManifest(performed: Performed, url: string): Promise<void> {
  const { manifest } = performed;
  expect(parseRuns(await ask(performed, url, "runs"))).toEqual(manifest);

  const expected = Object.entries(manifest).flatMap(([run_id, { agent_id, signals }]) =>
    Object.entries(signals).map(([failure_type, severity]) => ({
      run_id,
      agent_id,
      failure_type,
      severity,
      shadow: FAILURE_TYPES.some((type) => type === failure_type && detectorOf(type).shadow),
    })),
  );
  const text = await ask(performed, url, "signals", "--min-severity", "LOW", "--shadow");
  const got = objectsOf(text).map(({ run_id, agent_id, failure_type, severity, shadow }) => ({
    run_id,
    agent_id,
    failure_type,
    severity,
    shadow,
  }));
  const key = (signal: { readonly run_id: unknown; readonly failure_type: unknown }): string =>
    `${signal.run_id} ${signal.failure_type}`;
  const sorted = <T extends Parameters<typeof key>[0]>(signals: readonly T[]): T[] =>
    signals.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  expect(sorted(got)).toEqual(sorted(expected));
}
