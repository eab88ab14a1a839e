import { parseMicros } from "../../core/wire";

/** Nanoseconds, the line without its newline, and structured metadata where wanted. */
type Entry = readonly [string, string] | readonly [string, string, { readonly run_id: string }];

interface Stream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: Entry[];
}

/** The first fields of every line, in the order in which the encoder writes them; texts still quoted. */
const HEAD =
  /^\{"ts":"([^"]+)","level":"[^"]*","logger":"dunetrace","event_type":"([^"\\]+)","agent_id":("(?:[^"\\]|\\.)*")(?:,"run_id":("(?:[^"\\]|\\.)*"))?/;

function unquoted(json: string | undefined): string {
  const text: unknown = json === undefined ? "" : JSON.parse(json);
  return typeof text === "string" ? text : "";
}

/** What Loki has to know of a line, undefined when it is no line of ours. */
function headOf(line: string) {
  const found = HEAD.exec(line);
  const micros = found?.[1] === undefined ? undefined : parseMicros(found[1]);
  if (found === null || micros === undefined) return undefined;
  return { nanos: `${micros}000`, eventType: found[2] ?? "", agentId: unquoted(found[3]), runId: unquoted(found[4]) };
}

export interface BodyOptions {
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly runIdMetadata: boolean;
}

/**
 * The JSON body of a push: lines by stream, each with the time it has itself, in the given order.
 *
 * @returns `taken` is how many lines are in it: one without the fields of a line of ours is left out
 */
export function pushBody(lines: readonly string[], { labels, runIdMetadata }: BodyOptions) {
  const streams = new Map<string, Stream>();
  let taken = 0;
  for (const text of lines) {
    const line = text.endsWith("\n") ? text.slice(0, -1) : text;
    const head = headOf(line);
    if (head === undefined) continue;
    const { nanos, agentId, eventType, runId } = head;
    const key = `${eventType} ${agentId}`;
    let stream = streams.get(key);
    if (stream === undefined) {
      stream = { stream: { ...labels, agent_id: agentId, event_type: eventType }, values: [] };
      streams.set(key, stream);
    }
    stream.values.push(runIdMetadata && runId !== "" ? [nanos, line, { run_id: runId }] : [nanos, line]);
    taken++;
  }
  return { body: JSON.stringify({ streams: [...streams.values()] }), taken };
}
