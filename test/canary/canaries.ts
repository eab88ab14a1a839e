import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { vi } from "vitest";
import type { DunetraceOptions } from "../../src/sdk";
import { processState } from "../../src/sdk/processState";
import { RecordedClient } from "../../src/sdk/testing/record";

/** Marked secrets, one for each place content can come in by, so that a leak names its source. */
export class Canaries {
  readonly planted: string[] = [];

  readonly plant = (where: string): string => {
    const canary = `CANARY-${this.planted.length}-${where.replaceAll(/\W+/g, "-")}`;
    this.planted.push(canary);
    return canary;
  };

  /** An error with content in everything it has. */
  error(where: string): Error {
    const error = new TypeError(this.plant(`${where} message`), { cause: new Error(this.plant(`${where} cause`)) });
    error.stack = this.plant(`${where} stack`);
    return Object.assign(error, { detail: this.plant(`${where} detail`) });
  }

  /** What of it is in a text. */
  foundIn(text: string): string[] {
    return this.planted.filter((canary) => text.includes(canary));
  }
}

/** A program that uses one way in, with canaries in all of its content. */
export interface Way {
  /** Writes to the client, or gives what went out elsewhere. */
  readonly play: (client: RecordedClient, canaries: Canaries) => Promise<string | undefined>;
  /** Whether content is written with capture `full`; proves that it is looked for where it comes out. */
  readonly isWrittenInFull: boolean;
}

/** Everything that a way put out: lines, what it exported, stdout and stderr. */
export async function outputOf(way: Way, canaries: Canaries, options: DunetraceOptions): Promise<string> {
  const written: string[] = [];
  const take = (text: unknown): boolean => written.push(String(text)) > 0;
  // What is said once per process is to be said again.
  processState().notices.clear();
  const spies = [
    vi.spyOn(fs, "writeSync").mockImplementation((_file: number, text: unknown) => Number(take(text))),
    vi.spyOn(process.stdout, "write").mockImplementation(take),
    vi.spyOn(process.stderr, "write").mockImplementation(take),
    ...(["log", "info", "warn", "error", "debug"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...args: unknown[]) => void take(args.join(" "))),
    ),
  ];
  syncBuiltinESMExports();
  try {
    const client = new RecordedClient({ clock: undefined, debug: true, ...options });
    const exported = await way.play(client, canaries);
    await client.dt.shutdown();
    return [...written, ...client.texts, exported ?? "", JSON.stringify(client.dt.counters)].join("\n");
  } finally {
    for (const spy of spies) spy.mockRestore();
    syncBuiltinESMExports();
  }
}
