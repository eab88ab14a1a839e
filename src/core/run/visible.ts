import { type EventType, isEventType, PAYLOAD_FIELDS } from "../wire/events";
import type { Field } from "../wire/fields";
import type { Line, UnknownLine } from "../wire/line";
import { isRawKey } from "../wire/rawFields";
import type { CaptureMode } from "../wire/terms";

/**
 * The part of a payload that may be shown: keys of the wire format, raw content only when the run's capture is `full`.
 * Of unknown keys and of unknown events only the names are known to be harmless.
 */
export function visiblePayload(
  line: Line | UnknownLine,
  capture: CaptureMode | undefined,
): { readonly payload: Readonly<Record<string, unknown>>; readonly hidden: readonly string[] } {
  const fields: Readonly<Record<string, Field>> = isEventType(line.event_type) ? fieldsOf(line.event_type) : {};
  const payload: Record<string, unknown> = {};
  const hidden: string[] = [];
  for (const [key, value] of Object.entries(line.payload)) {
    if (value === undefined) continue;
    const raw = fields[key]?.raw === true || isRawKey(key);
    if (Object.hasOwn(fields, key) && (!raw || capture === "full")) payload[key] = value;
    else hidden.push(key);
  }
  return { payload, hidden };
}

function fieldsOf(event_type: EventType): Readonly<Record<string, Field>> {
  return PAYLOAD_FIELDS[event_type];
}
