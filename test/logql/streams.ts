import { parseMicros } from "../../src/core/wire";

export interface Stream {
  readonly labels: Readonly<Record<string, string>>;
  /** Nanoseconds and line. */
  readonly entries: [string, string][];
}

/** The streams of lines, broken ones included: what a shipper takes out of a line, it takes by its text. */
export function streamsOf(lines: readonly string[]): Stream[] {
  const streams = new Map<string, Stream>();
  for (const line of lines) {
    const [, ts = "", event_type = "", agent_id = ""] =
      /^\{"ts":"([^"]+)".*?"event_type":"([^"]+)","agent_id":"([^"]+)"/.exec(line) ?? [];
    const stream = streams.get(`${agent_id} ${event_type}`) ?? { labels: { agent_id, event_type }, entries: [] };
    streams.set(`${agent_id} ${event_type}`, stream);
    stream.entries.push([`${parseMicros(ts)}000`, line]);
  }
  return [...streams.values()];
}
