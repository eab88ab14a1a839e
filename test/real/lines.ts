import { formatMicros } from "../../src/core/wire";

export interface LineFields {
  readonly agentId: string;
  readonly eventType?: string;
  readonly runId?: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly seq: number;
  /** Characters that make the line longer. */
  readonly padding?: string;
}

/** A line with what shippers look at, in the form and order that the SDK writes. */
export function wireLine({ agentId, eventType = "tool.called", runId = "r", at, seq, padding }: LineFields): string {
  const payload = padding === undefined ? {} : { tool_name: padding };
  return JSON.stringify({
    ts: formatMicros(at * 1000 + (seq % 1000)),
    level: "info",
    logger: "dunetrace",
    event_type: eventType,
    agent_id: agentId,
    run_id: runId,
    step_index: seq,
    payload,
    seq,
    schema: 1,
  });
}
