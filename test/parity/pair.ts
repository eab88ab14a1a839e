import { afterAll } from "vitest";
import { openStore } from "../../src/loki";
import { type PushStream, pushStreams, realLoki, type Section } from "../real";

/** A real Loki and the embedded store behind HTTP, with the same lines in both. */
export interface Pair {
  readonly real: string;
  readonly embedded: string;
}

/**
 * Hours of lines at once: by default Loki closes a chunk that spans two hours, and looks for lines older than three hours
 * on disk alone, where the index of a chunk closed just now is not yet.
 */
const PAST: Section = {
  ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" }, max_chunk_age: "48h" },
  querier: { query_ingesters_within: "0s" },
};

/** Starts both and pushes the streams to both over HTTP; they end with the test file. */
export async function startPair(streams: readonly PushStream[]): Promise<Pair> {
  const { url: real } = await realLoki({ bulk: true, discoverLogLevels: false, config: PAST });
  const store = openStore({ clock: Date.now });
  const { url: embedded } = await store.serve({ port: 0 });
  afterAll(() => store.close());
  for (const url of [real, embedded]) {
    const { status, text } = await pushStreams(url, streams);
    if (status !== 204) throw new Error(`${url} answered the push with ${status}: ${text}`);
  }
  return { real, embedded };
}
