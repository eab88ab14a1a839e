import * as v from "valibot";
import { parseMicros } from "../../src/core/wire";

const Line = v.object({ ts: v.string(), agent_id: v.string(), event_type: v.string(), run_id: v.string() });

export interface WireLine {
  /** Its time in nanoseconds since the epoch, as decimal digits. */
  readonly nanos: string;
  readonly agentId: string;
  readonly eventType: string;
  readonly runId: string;
}

/**
 * What a shipper takes from a line of ours.
 *
 * @throws Error for a line that is not ours
 */
export function readLine(line: string): WireLine {
  const { ts, agent_id, event_type, run_id } = v.parse(Line, JSON.parse(line));
  const micros = parseMicros(ts);
  if (micros === undefined) throw new Error(`The line has no time: ${line.slice(0, 200)}`);
  return { nanos: `${micros}000`, agentId: agent_id, eventType: event_type, runId: run_id };
}
