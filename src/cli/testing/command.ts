import { main } from "../main";
import { FakeIo, type FakeIoOptions } from "./fakeIo";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command to its end. */
export async function dunetrace(args: readonly string[], options: FakeIoOptions = {}): Promise<Outcome> {
  const io = new FakeIo(options);
  const code = await main(args, io);
  return { code, out: io.stdout.text, err: io.stderr.text };
}

/** The objects of an NDJSON output. */
export function records(out: string): Record<string, unknown>[] {
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
