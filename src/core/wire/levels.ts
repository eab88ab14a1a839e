import type { EventType, Payloads } from "./events";
import type { Level, Severity } from "./terms";

const SIGNAL_LEVELS: Readonly<Record<Severity, Level>> = {
  LOW: "info",
  MEDIUM: "warn",
  HIGH: "error",
  CRITICAL: "critical",
};

type PayloadOf = { [T in EventType]: readonly [T, Payloads[T]] }[EventType];

/**
 * The level of a line: `warn` for a failed tool or retrieval, a MEDIUM signal and a policy that stopped the run, `error`
 * for run.errored and a HIGH signal, `critical` for a CRITICAL one, `info` for everything else and for shadow signals.
 */
export function levelOf<T extends EventType>(event_type: T, payload: Payloads[T]): Level;
export function levelOf(...event: PayloadOf): Level {
  switch (event[0]) {
    case "tool.responded":
      return event[1].success === false ? "warn" : "info";
    case "retrieval.responded":
      return event[1].error_hash === undefined && event[1].error_type === undefined ? "info" : "warn";
    case "policy.triggered":
      return event[1].action_type === "stop" ? "warn" : "info";
    case "signal.detected":
      return event[1].shadow ? "info" : SIGNAL_LEVELS[event[1].severity];
    case "run.errored":
      return "error";
    default:
      return "info";
  }
}
