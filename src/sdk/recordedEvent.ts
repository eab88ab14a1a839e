import type { CountedEventType, Level, Micros, Payloads, SCHEMA_VERSION } from "../core/wire";

/** What lines of every type have. Times and `seq` come from `RunRecorder.stamp`. */
interface Stamped {
  readonly level: Level;
  readonly time: Micros;
  readonly written: Micros;
  readonly step_index: number;
  readonly seq: number;
  readonly span_id?: string | undefined;
  readonly parent_span_id?: string | undefined;
}

/** An event of a run, as it enters facts and lines. */
export type RecordedEvent = {
  [T in CountedEventType]: Stamped & {
    readonly event_type: T;
    readonly schema: typeof SCHEMA_VERSION;
    readonly payload: Payloads[T];
  };
}[CountedEventType];

/** An event of which a line is made: recorded ones and signals. */
export type WrittenEvent =
  | RecordedEvent
  | (Stamped & { readonly event_type: "signal.detected"; readonly payload: Payloads["signal.detected"] });

/** The terminal event and its payload before the verdict is known. */
export type RunEnd =
  | { readonly event_type: "run.completed"; readonly payload: Payloads["run.completed"] }
  | { readonly event_type: "run.errored"; readonly payload: Payloads["run.errored"] };
