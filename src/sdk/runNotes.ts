import { levelOf, type Payloads, SCHEMA_VERSION } from "../core/wire";
import type { Moment } from "./calls";
import type { EventLog } from "./eventLog";
import { nameOf, optionalName, parentSpanOf, scalarsOf, spanOf } from "./values";

/** Records what is no call: the start of a run, further user inputs, outside events. Nothing here throws. */
export class RunNotes {
  readonly #log: EventLog;

  constructor(log: EventLog) {
    this.#log = log;
  }

  started(payload: Payloads["run.started"], moment: Moment | undefined): void {
    this.#guarded("the start of a run", () => {
      const envelope = this.#envelope(moment);
      this.#log.record({ event_type: "run.started", ...envelope, payload }, false);
    });
  }

  input(input: unknown, moment: Moment | undefined): void {
    this.#guarded("a user input", () => {
      const envelope = this.#envelope(moment);
      const payload: Payloads["input.received"] = {};
      this.#log.recorder.recording.content.input(payload, input);
      this.#log.record({ event_type: "input.received", ...envelope, payload }, false);
    });
  }

  externalSignal(name: unknown, source: unknown, meta: unknown, moment: Moment | undefined): void {
    this.#guarded("an external signal", () => {
      const envelope = this.#envelope(moment);
      const payload = { signal_name: nameOf(name), source: optionalName(source), meta: scalarsOf(meta) };
      this.#log.record({ event_type: "external.signal", ...envelope, payload }, false);
    });
  }

  /** A policy met its condition. */
  policyTriggered(payload: Payloads["policy.triggered"]): void {
    this.#guarded("a policy", () => {
      const level = levelOf("policy.triggered", payload);
      this.#log.record({ event_type: "policy.triggered", ...this.#envelope(undefined), level, payload }, false);
    });
  }

  #envelope(moment: Moment | undefined) {
    const { recorder } = this.#log;
    recorder.stamp(moment?.at);
    return {
      level: "info" as const,
      time: recorder.time,
      written: recorder.written,
      step_index: recorder.step,
      seq: recorder.seq,
      schema: SCHEMA_VERSION,
      span_id: spanOf(moment),
      parent_span_id: parentSpanOf(moment),
    } as const;
  }

  #guarded(what: string, record: () => void): void {
    if (!this.#log.isOpen(what)) return;
    try {
      record();
    } catch (error) {
      this.#log.recorder.unrecorded++;
      this.#log.recorder.recording.faults.note(`recording ${what}`, error);
    }
  }
}
