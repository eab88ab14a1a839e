import { COUNTED_EVENTS } from "../wire/events";
import type { Line, UnknownLine } from "../wire/line";
import type { FactEvent } from "./event";

const COUNTED: ReadonlySet<string> = new Set(COUNTED_EVENTS);

/** Whether a line counts for the facts: signals, spans, markers and unknown types do not. */
export function isCounted(line: Line | UnknownLine): line is Line & FactEvent {
  return COUNTED.has(line.event_type) && !("unknown" in line);
}
