import { type EventType, PAYLOAD_FIELDS, type Payloads } from "./events";
import type { Field } from "./fields";
import { cutText } from "./names";

/** What may be cut from a line that does not fit, in this order; facts and signal types never are. */
type Cut = (payload: Record<string, unknown>, type: EventType) => void;

/** Lengths that raw texts are cut to one after the other, UTF-16 code units, before they go altogether. */
const RAW_LENGTHS = [16_384, 8192, 4096, 2048, 1024, 512, 256, 128];

/** Keeps the start of long raw texts, never half a surrogate pair. */
const shortenRaw =
  (length: number): Cut =>
  (payload, type) => {
    for (const [key, field] of Object.entries<Field>(PAYLOAD_FIELDS[type])) {
      const text = payload[key];
      if (field.raw === true && typeof text === "string") payload[key] = cutText(text, length);
    }
  };
const cutRaw: Cut = (payload, type) => {
  for (const [key, field] of Object.entries<Field>(PAYLOAD_FIELDS[type])) if (field.raw === true) delete payload[key];
};
const drop =
  (key: string): Cut =>
  (payload) => {
    delete payload[key];
  };
const cutTools: Cut = (payload) => {
  if (!Array.isArray(payload.tools)) return;
  payload.tools_count = payload.tools.length;
  delete payload.tools;
};
/** An evidence object stays an object: the key is part of every signal line. */
const cutEvidence: Cut = (payload) => {
  if (payload.evidence !== undefined) payload.evidence = {};
};

/** A step of the cutting: of the payload, or of the tags of the envelope. */
export const CUTS: readonly (Cut | "tags")[] = [
  ...RAW_LENGTHS.map(shortenRaw),
  cutRaw,
  cutEvidence,
  drop("attrs"),
  "tags",
  drop("meta"),
  cutTools,
  drop("human_tools"),
  drop("value"),
];

/** A copy of the payload that cutting may change. */
export function copyPayload<T extends EventType>(payload: Payloads[T]): Payloads[T] & Record<string, unknown> {
  return { ...payload };
}
