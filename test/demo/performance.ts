import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/cli/main";
import { FakeIo, type FakeIoOptions } from "../../src/cli/testing/fakeIo";
import { isRecord } from "../../src/core/wire";

/** The newest moment of the runs in these tests. */
export const AT = "2026-11-20T12:00:00Z";

/** What is said of one run: by the manifest, or by a reader of its lines. */
export interface Said {
  readonly agent_id: unknown;
  readonly status: unknown;
  /** Severities by type. */
  readonly signals: Readonly<Record<string, unknown>>;
  /** Sorted. */
  readonly no_data: readonly unknown[];
}

/** What a demo wrote. */
export interface Performed {
  readonly lines: string;
  readonly manifest: Readonly<Record<string, Said>>;
  readonly files: { readonly manifest: string; readonly baselines: string };
  readonly stderr: string;
}

export function recordOf(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new Error(`no object: ${JSON.stringify(value)}`);
  return value;
}

/** The JSON objects of a text that has one per line. */
export function objectsOf(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => recordOf(JSON.parse(line)));
}

const sorted = (list: unknown): unknown[] => (Array.isArray(list) ? list.toSorted() : []);

/** What a manifest says of its runs. */
export function parseManifest(text: string): Record<string, Said> {
  const entries = Object.entries(recordOf(JSON.parse(text))).map(([run_id, value]): [string, Said] => {
    const { agent_id, status, signals, no_data } = recordOf(value);
    return [run_id, { agent_id, status, signals: recordOf(signals), no_data: sorted(no_data) }];
  });
  return Object.fromEntries(entries);
}

/**
 * What the output of `dunetrace runs --format ndjson` says, to be compared with a manifest.
 *
 * @throws Error when a run's recorded facts differ from the rebuilt ones
 */
export function parseRuns(text: string): Record<string, Said> {
  const entries = objectsOf(text).map(
    ({ run_id, agent_id, status, signals, no_data, facts_differ }): [string, Said] => {
      if (facts_differ !== undefined) throw new Error(`facts of ${run_id} differ: ${JSON.stringify(facts_differ)}`);
      const severities = (Array.isArray(signals) ? signals : []).map((signal) => {
        const { failure_type, severity } = recordOf(signal);
        return [failure_type, severity];
      });
      return [String(run_id), { agent_id, status, signals: Object.fromEntries(severities), no_data: sorted(no_data) }];
    },
  );
  return Object.fromEntries(entries);
}

/** Gives a folder to work in, which goes afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "dunetrace-demo-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts `dunetrace demo` in a folder, its manifest going to m.json and its baselines to b.json. */
export function start(folder: string, args: readonly string[], options: FakeIoOptions = {}) {
  const io = new FakeIo({ cwd: folder, ...options });
  const ended = main(["demo", "--manifest", "m.json", "--baselines-out", "b.json", ...args], io);
  return { io, ended };
}

/** What it wrote, after it ended. */
export function outcome(folder: string, io: FakeIo): Performed {
  const manifest = readFileSync(join(folder, "m.json"), "utf8");
  const baselines = readFileSync(join(folder, "b.json"), "utf8");
  const files = { manifest, baselines };
  return { lines: io.stdout.text, manifest: parseManifest(manifest), files, stderr: io.stderr.text };
}

/** `dunetrace demo` with a fixed time. */
export function perform(...args: readonly string[]): Promise<Performed> {
  return inFolder(async (folder) => {
    const { io, ended } = start(folder, ["--at", AT, ...args]);
    if ((await ended) !== 0) throw new Error(io.stderr.text);
    return outcome(folder, io);
  });
}

/** `dunetrace runs -` over the lines of a demo, with its baselines. */
export function readBack({ lines, files }: Performed, ...args: readonly string[]): Promise<Record<string, Said>> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, "b.json"), files.baselines);
    const io = new FakeIo({ cwd: folder, stdin: lines });
    const code = await main(["runs", "-", "--baselines", "b.json", "--format", "ndjson", ...args], io);
    if (code !== 0 || io.stderr.text !== "") throw new Error(io.stderr.text);
    return parseRuns(io.stdout.text);
  });
}
