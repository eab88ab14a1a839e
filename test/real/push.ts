import { readLine } from "./wireLine";

/** One stream of a push: its labels, and its entries as [nanoseconds, line] or with structured metadata. */
export interface PushStream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [string, string] | readonly [string, string, Readonly<Record<string, string>>])[];
}

export interface PushOptions {
  /** Labels that every stream gets besides agent_id and event_type. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Structured metadata: adds the run_id of each line. */
  readonly runIdMetadata?: boolean;
  /** Lines in one request at most; default: 2,000. */
  readonly batch?: number;
}

const RETRIES_ON_RATE = 120;

/**
 * Pushes lines of ours as a shipper does: grouped by agent_id and event_type, with the time that the line itself has,
 * in the given order. Resolves when Loki has all of them, in its memory or on its disk; they can be queried some
 * milliseconds later.
 *
 * @param lines without their line ends
 * @throws Error with Loki's text when it refuses a line; only "too many" (429) is tried again
 */
export async function push(url: string, lines: readonly string[], options: PushOptions = {}): Promise<void> {
  const { batch = 2_000 } = options;
  for (let at = 0; at < lines.length; at += batch) {
    const streams = group(lines.slice(at, at + batch), options);
    for (let attempt = 1; ; attempt++) {
      const { status, text } = await pushStreams(url, streams);
      if (status === 204) break;
      if (status !== 429 || attempt === RETRIES_ON_RATE) {
        throw new Error(`Loki at ${url} refused lines ${at} and later with status ${status}: ${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** One request of any streams; resolves to Loki's answer, whatever it is. */
export async function pushStreams(
  url: string,
  streams: readonly PushStream[],
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams }),
  });
  return { status: answer.status, text: (await answer.text()).trim() };
}

function group(lines: readonly string[], { labels = {}, runIdMetadata = false }: PushOptions): PushStream[] {
  const streams = new Map<string, { stream: Record<string, string>; values: PushStream["values"][number][] }>();
  for (const line of lines) {
    const { nanos, agentId, eventType, runId } = readLine(line);
    const key = JSON.stringify([agentId, eventType]);
    let stream = streams.get(key);
    if (stream === undefined) {
      stream = { stream: { ...labels, agent_id: agentId, event_type: eventType }, values: [] };
      streams.set(key, stream);
    }
    stream.values.push(runIdMetadata ? [nanos, line, { run_id: runId }] : [nanos, line]);
  }
  return [...streams.values()];
}
