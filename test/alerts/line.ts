import { formatMicros } from "../../src/core/wire";

/** First 16 hex of the SHA-256 of no text. */
export const EMPTY_HASH = "e3b0c44298fc1c14";

export interface LineFields {
  readonly agentId: string;
  readonly runId: string;
  /** µs since the epoch. */
  readonly micros: number;
  readonly event: string;
  readonly step?: number;
  readonly payload?: object;
  /** Whether it is of a producer that writes `schema`, and so signals. */
  readonly schema?: boolean;
}

/** One line with what the rules look at. */
export function line({ agentId, runId, micros, event, step = 1, payload = {}, schema = false }: LineFields): string {
  return JSON.stringify({
    ts: formatMicros(micros),
    level: "info",
    logger: "dunetrace",
    event_type: event,
    agent_id: agentId,
    run_id: runId,
    step_index: step,
    payload,
    ...(schema ? { schema: 1 } : {}),
  });
}
