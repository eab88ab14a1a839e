import type { CountedEventType, Payloads } from "../wire/events";
import type { Micros } from "../wire/line";

/** One counted event as the fact tracker takes it; every parsed line of a counted type is one. */
export type FactEvent = {
  [T in CountedEventType]: {
    readonly event_type: T;
    readonly payload: Payloads[T];
    /** The event's time. */
    readonly time: Micros;
    readonly step_index: number;
    /** Absent on lines of the Python package: then answers are paired by name and order. */
    readonly schema?: number | undefined;
    /** Pairs call and answer on lines of Python 0.4 and later. */
    readonly call_id?: string | undefined;
  };
}[CountedEventType];
